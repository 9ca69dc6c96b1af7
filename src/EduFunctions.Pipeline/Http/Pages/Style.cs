using System.Security.Cryptography;
using System.Text;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>How the pages look, light and dark. The pages name it by its hash, so that no other style, and no script at all, is taken.</summary>
internal static class Style
{
    public const string Css = """
        :root {
          color-scheme: light dark;
          --paper: #f6f7f9; --card: #ffffff; --ink: #17212b; --soft: #52606d; --line: #d9dfe6; --accent: #0b5cad; --on-accent: #ffffff;
          --good: #146c43; --good-back: #e2f4ea; --warn: #8a5200; --warn-back: #fdf0d8; --bad: #a61b29; --bad-back: #fde8ea; --busy: #0b5cad; --busy-back: #e4effb;
          --one: #2f7fd1; --two: #e08a1e; --three: #6d9b4a;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #10161c; --card: #19212a; --ink: #e8edf2; --soft: #a3b1bf; --line: #303c48; --accent: #7ab8f5; --on-accent: #0d1720;
            --good: #7fd6a5; --good-back: #16342a; --warn: #f2c069; --warn-back: #3a2d14; --bad: #ff9aa4; --bad-back: #42191f; --busy: #8fc4f8; --busy-back: #172f47;
            --one: #6aaef0; --two: #f0ab55; --three: #9cc67a;
          }
        }
        * { box-sizing: border-box; }
        body { margin: 0; overflow-wrap: anywhere; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        header, main, footer { max-width: 70rem; margin: 0 auto; padding: 1rem 1.25rem; }
        header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; border-bottom: 1px solid var(--line); }
        header .brand { font-weight: 700; letter-spacing: -.01em; color: var(--ink); text-decoration: none; }
        nav ol { display: flex; flex-wrap: wrap; gap: .25rem .5rem; margin: 0; padding: 0; list-style: none; color: var(--soft); }
        header nav li + li::before { content: "/"; margin-right: .5rem; color: var(--line); }
        footer { color: var(--soft); font-size: .875rem; }
        h1 { font-size: 1.6rem; line-height: 1.2; letter-spacing: -.015em; margin: .75rem 0 .25rem; }
        h2 { font-size: 1.1rem; margin: 0 0 .6rem; }
        h3 { font-size: 1rem; margin: 1rem 0 .4rem; }
        p { margin: .4rem 0; }
        a { color: var(--accent); }
        code { font: .875em ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; top: .5rem; background: var(--card); padding: .5rem 1rem; z-index: 1; }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
        .soft, del { color: var(--soft); }
        ins { text-decoration: none; font-weight: 600; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.25rem; margin: 1rem 0; }
        .grid { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); margin: 1rem 0; padding: 0; list-style: none; }
        .grid .card { margin: 0; }
        .grid h2 { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .5rem; align-items: start; }
        .facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(7.5rem, 1fr)); gap: .75rem; margin: .75rem 0 0; }
        .facts dt { color: var(--soft); font-size: .8125rem; }
        .facts dd { margin: 0; font-size: 1.25rem; font-variant-numeric: tabular-nums; }
        .rows { margin: 0; padding: 0; list-style: none; }
        .rows li > * { min-width: 0; }
        .rows li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem .75rem; padding: .4rem 0; border-top: 1px solid var(--line); }
        .rows li:first-child { border-top: 0; }
        .pill { display: inline-block; border-radius: 99px; padding: .05rem .65rem; font-size: .8125rem; font-weight: 600; white-space: nowrap; }
        .good { color: var(--good); background: var(--good-back); }
        .warn { color: var(--warn); background: var(--warn-back); }
        .bad { color: var(--bad); background: var(--bad-back); }
        .busy { color: var(--busy); background: var(--busy-back); }
        .note { border-left: 4px solid currentColor; border-radius: 6px; padding: .6rem .9rem; margin: .75rem 0; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
        caption { overflow-wrap: anywhere; text-align: left; color: var(--soft); padding-bottom: .3rem; }
        th, td { overflow-wrap: normal; text-align: left; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); vertical-align: top; }
        thead th { border-top: 0; color: var(--soft); font-size: .8125rem; font-weight: 600; }
        td.number, th.number { text-align: right; }
        form { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: .6rem 0 0; }
        label { display: grid; gap: .2rem; flex: 1 1 18rem; font-size: .875rem; color: var(--soft); }
        input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--soft); border-radius: 8px; padding: .5rem .75rem; width: 100%; }
        button { font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0; border-radius: 8px; padding: .55rem 1.1rem; cursor: pointer; min-height: 2.75rem; }
        td form { margin: .2rem 0 0; }
        td button { min-height: 1.75rem; padding: .15rem .75rem; font-size: .8125rem; }
        .timeline svg { flex: 1 0 100%; max-width: none; height: .5rem; }
        svg { display: block; width: 100%; max-width: 48rem; height: auto; }
        svg text { fill: var(--soft); font-size: 11px; }
        svg .axis { stroke: var(--line); }
        .one { fill: var(--one); } .two { fill: var(--two); } .three { fill: var(--three); }
        .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 0; padding: 0; list-style: none; font-size: .875rem; }
        .legend svg { display: inline-block; width: .8rem; height: .8rem; vertical-align: -.05rem; margin-right: .4rem; }
        .legend [aria-current] { color: var(--ink); font-weight: 700; text-decoration: none; }
        summary { cursor: pointer; color: var(--accent); }
        @media (max-width: 34rem) {
          header, main, footer { padding: .75rem .9rem; }
          h1 { font-size: 1.35rem; }
          .card { padding: .9rem 1rem; }
          button { width: 100%; }
          td button { width: auto; }
          th, td { font-size: .8125rem; padding-right: .35rem; }
          thead th { font-size: .75rem; }
          .minor { display: none; }
        }
        """;

    public static string Hash { get; } = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}";
}
