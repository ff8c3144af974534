// How the preview page looks: columns beside each other on a wide screen and one on a phone, light or dark as the reader's system is.

export const PREVIEW_STYLE = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --paper: #ffffff; --ink: #1d1f23; --quiet: #646a73; --line: #dcdfe4;
  --code: #b3261e; --code-paper: #f3f3f5; --link: #1264a3; --bar: #7d4cdb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #141518; --paper: #1e2024; --ink: #e4e6ea; --quiet: #9aa1ab; --line: #353940;
    --code: #f2a49c; --code-paper: #2a2d33; --link: #7db8ec; --bar: #a98bea;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 5.5rem; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.45 system-ui, sans-serif, "Noto Color Emoji"; }
header, main { max-width: 1560px; margin: 0 auto; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; margin: 1.5rem 0 .25rem; }
header p, .when { color: var(--quiet); margin: 0 0 1rem; }
nav {
  position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; justify-content: center; gap: .3rem .35rem;
  padding: .55rem 1.5rem; background: var(--page); border-bottom: 1px solid var(--line);
}
nav a {
  color: var(--ink); text-decoration: none; font-size: .8rem; white-space: nowrap; padding: .12rem .6rem;
  border: 1px solid var(--line); border-radius: 1rem; background: var(--paper);
}
nav a:hover, nav a:focus { border-color: var(--link); color: var(--link); }
.kind { padding: 1.6rem 0 1.4rem; border-bottom: 1px solid var(--line); }
.kind:last-child { border-bottom: 0; }
h2 { font-size: 1.2rem; margin: 0; }
h3 { font-size: .72rem; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); margin: 0 0 .35rem; }
.channels { display: grid; grid-template-columns: 32rem; grid-auto-columns: minmax(0, 1fr); grid-auto-flow: column; gap: 1rem; align-items: start; }
.channel { min-width: 0; }
.mail, .slack, .card {
  background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem .9rem;
  overflow-wrap: anywhere;
}
.mail { max-height: 48rem; overflow-y: auto; }
.subject { font-weight: 650; font-size: 1rem; }
.from { padding-bottom: .6rem; border-bottom: 1px solid var(--line); }
.quiet { color: var(--quiet); font-size: .8rem; }
pre, code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre { margin: .7rem 0 0; font-size: .68rem; line-height: 1.5; white-space: pre-wrap; }
code { font-size: .78rem; color: var(--code); background: var(--code-paper); border-radius: .2rem; padding: .05rem .22rem; }
a { color: var(--link); }
.slack { display: flex; gap: .6rem; }
.avatar {
  flex: none; width: 2rem; height: 2rem; border-radius: .4rem; background: var(--bar); color: #fff;
  display: grid; place-items: center; font-weight: 700;
}
.blocks { min-width: 0; flex: 1; }
.tag { font-size: .66rem; color: var(--quiet); background: var(--code-paper); border-radius: .2rem; padding: .05rem .3rem; }
.header { font-weight: 750; font-size: 1.02rem; line-height: 1.3; margin: .2rem 0 .5rem; }
.section, .fields { font-size: .86rem; margin: .55rem 0; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem .9rem; }
.item { padding-left: .85rem; text-indent: -.85rem; }
.item code { text-indent: 0; }
.context { display: flex; flex-wrap: wrap; gap: .15rem .7rem; color: var(--quiet); font-size: .74rem; margin: .6rem 0 .1rem; }
.context code { font-size: .7rem; }
.card { border-left: .25rem solid var(--bar); }
.fallback { margin: .35rem .2rem 0; }
details { margin-top: .8rem; }
summary { cursor: pointer; color: var(--quiet); font-size: .85rem; }
details pre { max-height: 30rem; overflow: auto; background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem; }
@media (max-width: 1100px) { .channels { grid-template-columns: minmax(0, 1fr); grid-auto-flow: row; max-width: 44rem; } }
@media (max-width: 700px) {
  html { scroll-padding-top: 3.5rem; }
  header, main { padding: 0 .8rem; }
  nav { flex-wrap: nowrap; justify-content: flex-start; overflow-x: auto; padding: .5rem .8rem; }
  .mail { max-height: none; }
}
`;
