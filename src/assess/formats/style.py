"""How a page looks: on a desk, on a telephone, in the dark and on paper; without a script or a font to load."""

STYLE = """\
:root{color-scheme:light;--ink:#1f2937;--faint:#4b5563;--ground:#fff;--line:#d1d5db;--shade:#f3f4f6;--link:#1d4ed8;\
--lead:#14324a;--warn:#9a3412}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--ink:#e5e7eb;--faint:#b6bcc6;--ground:#0f141b;\
--line:#3b4452;--shade:#1a212b;--link:#8ab4ff;--lead:#c7d9ee;--warn:#fdba74}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);overflow-wrap:anywhere;\
font:1rem/1.55 Inter,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif}
main{max-width:54rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1,h2,h3,h4,h5,h6{color:var(--lead);line-height:1.25;margin:2em 0 .6em;scroll-margin-top:1rem;text-wrap:balance}
h1{font-size:2rem;margin-top:0}
h2{font-size:1.5rem;padding-top:.8em;border-top:2px solid var(--line)}
h3{font-size:1.2rem}
h4,h5,h6{font-size:1rem}
p,ul,ol,table,pre,blockquote{margin:0 0 1rem}
ul,ol{padding-inline-start:1.5rem}
li{margin:.25rem 0}
li>ul,li>ol{margin-bottom:0}
li.task{list-style:none;margin-inline-start:-1.5rem}
li.task label{display:flex;gap:.6rem;align-items:baseline}
li.task input{flex:none;width:1rem;height:1rem;margin:0;transform:translateY(.15rem)}
a{color:var(--link);text-underline-offset:.15em}
a:focus-visible,.wide:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem;background:var(--ground);padding:.5rem 1rem}
.skip:focus{left:1rem;top:1rem}
nav{margin:1.5rem 0;padding:.8rem 1.25rem;background:var(--shade);border-radius:.4rem}
nav ul{margin:0;padding:0;list-style:none;columns:15rem auto;column-gap:2rem}
nav li{break-inside:avoid;margin:0;padding:.15rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.45}
.wide{overflow-x:auto;margin-bottom:1rem}
.wide table{min-width:44rem;margin:0;overflow-wrap:normal}
th,td{padding:.4rem .6rem;border-bottom:1px solid var(--line);text-align:start;vertical-align:top}
thead th,thead td{border-bottom:2px solid var(--line);vertical-align:bottom;color:var(--lead);overflow-wrap:break-word}
tbody th{font-weight:inherit;min-width:6.5rem}
.right{text-align:end;font-variant-numeric:tabular-nums}
.center{text-align:center}
.day{white-space:nowrap}
blockquote,.alert{margin-inline:0;padding:.1rem 1rem;border-inline-start:.25rem solid var(--line);color:var(--faint)}
.alert{margin-bottom:1rem;color:inherit;background:var(--shade);border-color:var(--link)}
.alert>p:first-child{font-weight:700;margin:.6rem 0 .3rem;color:var(--link)}
.important,.warning,.caution{border-color:var(--warn)}
.important>p:first-child,.warning>p:first-child,.caution>p:first-child{color:var(--warn)}
code,pre{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em;background:var(--shade)}
code{padding:.1em .3em;border-radius:.2em}
pre{padding:.8rem 1rem;white-space:pre-wrap}
pre code{padding:0}
hr{border:0;border-top:1px solid var(--line);margin:2rem 0}
.chart{display:block}
.chart svg{display:block;max-width:100%;height:auto;background:#fff}
article{margin-top:4rem}
@media (max-width:40rem){main{padding:1.25rem 1rem 3rem}h1{font-size:1.6rem}h2{font-size:1.3rem}\
th,td{padding:.35rem .4rem}}
@media print{@page{size:A4;margin:18mm 16mm 20mm}
body{font-size:10pt;line-height:1.45}main{max-width:none;padding:0}.skip,nav{display:none}
h1{font-size:20pt}h2{font-size:15pt}h3{font-size:12pt}h4,h5,h6{font-size:10pt}
h1,h2,h3,h4,h5,h6{break-after:avoid;margin:1.2em 0 .4em}
p,ul,ol,table,blockquote{margin-bottom:.7em}tr,li,.chart,.alert{break-inside:avoid}p{orphans:3;widows:3}
table{font-size:9pt}.wide{overflow:visible}.wide table{min-width:0}
a{color:inherit;text-decoration:none}article{break-before:page;margin-top:0}}
"""
