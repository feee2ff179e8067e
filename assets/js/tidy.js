// tidy is what HTML says, without anything that it could do: headings, paragraphs,
// lists, quotes, code, emphasis and links, and one way of writing each, whatever a
// browser or another program makes of them.
const marks = { b: "strong", strong: "strong", i: "em", em: "em", s: "del", strike: "del", del: "del", a: "a" };
const kinds = { h1: "h2", h2: "h2", h3: "h3", h4: "h4", h5: "h4", h6: "h4", pre: "pre" };
const blocks = /^(address|article|aside|body|center|dd|div|dl|dt|figure|footer|form|h[1-6]|header|li|main|nav|p|pre|section|table|tbody|td|th|thead|tr)$/;
const never = /^(script|style|template|title|head|textarea|select|button|iframe|object|embed|svg|math|audio|video|canvas)$/;
const ours = 'img[src*="/files/med_"]'; // pictures of the library, which pages show in many widths
const more = "table, img:not([src*='/files/med_']), picture, video, audio, iframe, hr, dl, figure, sub, sup, details";

const empty = (at) => !at.textContent.trim() && !at.querySelector("img");
const make = (name) => document.createElement(name);

export const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;

// beyond tells whether something has what such a text cannot have.
export const beyond = (from) => from.querySelector(more) !== null;

// address is where a link may lead, "" when it may not.
export function address(typed) {
  const to = typed.trim();
  if (/^(https?:\/\/|mailto:|[/#?])/i.test(to)) return to;
  if (to === "" || /^[a-z][a-z\d+.-]*:/i.test(to)) return "";
  return /^[^\s/@]+@[^\s/@]+$/.test(to) ? `mailto:${to}` : `https://${to}`;
}

export function tidy(from) {
  const text = new Text();
  text.walk(from, "p", []);
  text.end();
  return text.root;
}

class Text {
  root = make("div");
  top = this.root; // what lines and lists are put into
  line = null; // what words are put into

  walk(from, kind, worn) {
    for (const node of from.childNodes) {
      const name = node.localName;
      if (node.nodeType === Node.TEXT_NODE) this.words(node.data, kind, worn);
      else if (!name || never.test(name)) continue;
      else if (name === "br") this.break(kind);
      else if (name === "img") this.picture(node);
      else if (name === "ul" || name === "ol") this.inside(this.place(name), () => this.walk(node, "p", worn));
      else if (name === "blockquote") this.inside(this.quote(), () => this.walk(node, "p", worn));
      else if (name === "li" && /^[uo]l$/.test(this.top.localName)) this.inside(make("li"), () => this.walk(node, "p", worn));
      else if (blocks.test(name)) {
        this.end();
        this.walk(node, kinds[name] ?? kind, worn);
        this.end();
      } else this.walk(node, kind, this.wear(node, worn));
    }
  }

  // wear are the marks of an element and of what is around it.
  wear(node, worn) {
    const name = marks[node.localName];
    const href = name === "a" ? address(node.getAttribute("href") ?? "") : "";
    return !name || (name === "a" && !href) || worn.some((m) => m.name === name) ? worn : [...worn, { name, href }];
  }

  inside(at, fill) {
    this.end();
    const above = this.top;
    if (!at.parentNode) above.append(at);
    this.top = at;
    fill();
    this.end();
    this.top = above;
    if (empty(at)) at.remove();
  }

  // place is a new list; one that stands in a list belongs to the item before it.
  place(name) {
    this.end();
    const list = make(name);
    if (/^[uo]l$/.test(this.top.localName)) (this.top.lastElementChild ?? this.top.appendChild(make("li"))).append(list);
    return list;
  }

  // quote goes on with the one before.
  quote() {
    this.end();
    const last = this.top.lastElementChild;
    return last?.localName === "blockquote" ? last : make("blockquote");
  }

  words(data, kind, worn) {
    const text = kind === "pre" ? data : data.replace(/[ \t\r\n]+/g, " ");
    if (!this.line && !text.trim()) return;
    this.begin(kind);
    this.put(this.line, kind === "pre" ? [] : worn, kind !== "pre" && !this.line.hasChildNodes() ? text.trimStart() : text);
  }

  picture(node) {
    if (!node.matches(ours)) return;
    this.begin("p");
    const img = this.line.appendChild(make("img"));
    for (const name of ["src", "alt"]) img.setAttribute(name, node.getAttribute(name) ?? "");
  }

  break(kind) {
    if (kind === "pre" && this.line) this.line.append("\n");
    else this.line?.append(make("br"));
  }

  // begin opens a line. What is said in an item stands in it without one.
  begin(kind) {
    if (this.line) return;
    const last = this.top.lastChild;
    if (this.top.localName === "li") {
      this.line = this.top;
      if (last && !/^[uo]l$/.test(last.localName)) this.line.append(make("br"));
    } else if (kind === "pre" && last?.localName === "pre") {
      this.line = last;
      this.line.append("\n");
    } else this.line = this.top.appendChild(make(kind));
  }

  put(at, worn, text) {
    if (worn.length === 0) return at.append(text);
    const [{ name, href }, ...rest] = worn;
    let mark = at.lastChild;
    if (mark?.localName !== name || (mark.getAttribute("href") ?? "") !== href) {
      mark = at.appendChild(make(name));
      if (href) mark.setAttribute("href", href);
    }
    this.put(mark, rest, text);
  }

  // end closes a line, without the break that browsers keep at its end, and takes
  // it away when nothing is said in it.
  end() {
    const { line } = this;
    this.line = null;
    if (!line) return;
    while (line.lastChild?.localName === "br" || line.lastChild?.data?.trim() === "") line.lastChild.remove();
    if (line.lastChild?.data) line.lastChild.data = line.lastChild.data.trimEnd();
    if (line.localName !== "li" && empty(line)) line.remove();
  }
}
