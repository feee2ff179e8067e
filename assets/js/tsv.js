// Cells as spreadsheets copy them: tabs between cells, line breaks between rows,
// and quotes around what has either of these inside.
const cell = /("(?:[^"]|"")*"|[^\t\n]*)([\t\n]|$)/y;

export function parse(text) {
  text = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  cell.lastIndex = 0;
  for (;;) {
    const m = cell.exec(text);
    if (!m) break;
    const quoted = m[1].length > 1 && m[1].startsWith('"') && m[1].endsWith('"');
    const value = quoted ? m[1].slice(1, -1).replaceAll('""', '"') : m[1];
    rows.at(-1).push(value.replace(/\s*\n\s*/g, " ").trim());
    if (m[2] === "") break;
    if (m[2] === "\n") rows.push([]);
  }
  return rows;
}

export function write(rows) {
  return rows.map((row) => row.map((v) => (/[\t\n"]/.test(v) ? `"${v.replaceAll('"', '""')}"` : v)).join("\t")).join("\n");
}
