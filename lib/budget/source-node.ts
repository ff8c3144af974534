// A document as the parser sees it, whatever it was written in: maps, lists and scalars with their lines.

interface At {
  /** Counted from 1; `null` for a document that was not written by people. */
  readonly line: number | null;
}

export interface ScalarNode extends At {
  readonly type: 'scalar';
  /** What the value is in the document's own schema; `text` is its source, so that numbers never pass through a float. */
  readonly valueType: 'string' | 'number' | 'boolean' | 'null';
  readonly text: string;
}

export interface ListNode extends At {
  readonly type: 'list';
  readonly items: readonly SourceNode[];
}

export interface MapNode extends At {
  readonly type: 'map';
  /** In source order; keys may repeat, which the parser refuses. */
  readonly entries: readonly {
    readonly key: string;
    readonly keyLine: number | null;
    readonly value: SourceNode;
  }[];
}

export type SourceNode = ScalarNode | ListNode | MapNode;
