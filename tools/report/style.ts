/** The page's looks: nothing from elsewhere, two colour schemes, one column on a phone. */
export const style = `
:root{color-scheme:light dark;--ground:#f6f8fa;--card:#fff;--ink:#1f2328;--muted:#57606a;--line:#d0d7de;
--good:#1a7030;--warn:#8a5300;--bad:#b3261e;--link:#0860ca}
@media (prefers-color-scheme:dark){:root{--ground:#010409;--card:#0d1117;--ink:#e6edf3;--muted:#9da7b1;--line:#30363d;
--good:#57c46c;--warn:#e0a84e;--bad:#ff8a80;--link:#6cb6ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);
font:15px/1.5 ui-sans-serif,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif}
header,main,footer{max-width:1880px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{font-size:26px;line-height:1.2;margin:0 0 4px}
h2{font-size:20px;margin:40px 0 10px}
h3{font-size:15px;margin:0 0 10px;color:var(--muted);font-weight:600}
p{margin:0 0 10px}
nav{margin:14px 0 0;display:flex;flex-wrap:wrap;gap:6px 16px}
a{color:var(--link)}
.remark,footer{color:var(--muted)}
footer{padding-bottom:40px;margin-top:40px;font-size:13px}
.columns{display:grid;gap:16px;grid-template-columns:repeat(auto-fit,minmax(min(100%,640px),1fr))}
.column{min-width:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:16px}
.scroll{overflow-x:auto;max-width:100%}
.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.picture svg{display:block;width:100%;min-width:640px;height:auto}
table{border-collapse:collapse;width:100%;font-size:13px}
th,td{text-align:left;padding:5px 12px 5px 0;vertical-align:top;border-bottom:1px solid var(--line)}
th{color:var(--muted);font-weight:600;white-space:nowrap}
tbody tr:last-child td{border-bottom:0}
td{overflow-wrap:break-word;max-width:36em}
td.bold{white-space:nowrap}
.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.bold{font-weight:600}.dim{color:var(--muted)}.green{color:var(--good)}.yellow{color:var(--warn)}.red{color:var(--bad)}
.cyan{color:var(--link)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px;margin:0}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
details{border-top:1px solid var(--line);padding:8px 0}
summary{cursor:pointer;font-weight:600}
ul{margin:0 0 10px;padding-left:20px}
li{overflow-wrap:anywhere}
@media (max-width:600px){header,main,footer{padding:0 12px}.column{padding:12px}dl{grid-template-columns:1fr;gap:0}
dd{margin-bottom:8px}td{overflow-wrap:anywhere;min-width:5.5em}td:first-child{min-width:7em}}
@media print{details{break-inside:avoid}body{background:#fff}}
`.trim();
