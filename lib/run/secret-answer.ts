// What a person who asks for a secret with credentials of their own may be told.

export type SecretAnswer =
  | { readonly outcome: 'read'; readonly value: string }
  /** Neither the secret nor who else may read it is known to be wrong. */
  | { readonly outcome: 'not-allowed'; readonly why: string }
  /** `message` says what is wrong, `fix` what to do. */
  | { readonly outcome: 'unusable'; readonly message: string; readonly fix: string }
  /** Nobody knows which secret it is. */
  | { readonly outcome: 'unknown'; readonly why: string; readonly fix: string };
