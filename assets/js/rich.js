// <o-rich>: a text with headings, lists and links in place of its field, which
// keeps what is sent. What a browser makes while somebody writes is put down by
// tidy. A text with more than that, a table or a picture from elsewhere, stays a
// field, so that nothing of it is lost.
import { pick } from "./pick.js";
import { address, beyond, parse, tidy } from "./tidy.js";
import { toolbar } from "./toolbar.js";

const run = (name, value) => document.execCommand(name, false, value);

// letters are those of a text before a point in it.
function letters(text, node, offset) {
  const range = document.createRange();
  range.selectNodeContents(text);
  range.setEnd(node, offset);
  return range.toString().length;
}

// after is the point behind so many letters: at the end of what they end, or at the
// beginning of what comes then.
function after(text, n, begins) {
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let node;
  for (let next = walk.nextNode(); next; next = walk.nextNode()) {
    node = next;
    if (begins ? n < node.length : n <= node.length) return [node, n];
    n -= node.length;
  }
  return node && [node, node.length];
}

class Rich extends HTMLElement {
  connectedCallback() {
    const field = (this.field = this.querySelector("textarea"));
    const had = parse(field.value);
    if (this.text || beyond(had)) return;
    this.bar = this.querySelector(".rich-bar") ?? this.closest("fieldset").querySelector(".rich-bar").cloneNode(true);
    this.link = this.bar.querySelector(".rich-link");
    if (!field.dataset.pictures) this.bar.querySelector("[data-pen=picture]")?.remove();
    const text = (this.text = document.createElement("div"));
    text.className = "rich-text";
    text.role = "textbox";
    text.ariaMultiLine = "true";
    text.ariaLabel = field.labels[0]?.textContent.trim();
    for (const name of ["aria-describedby", "aria-invalid", "lang"]) if (field.hasAttribute(name)) text.setAttribute(name, field.getAttribute(name));
    text.append(...tidy(had).childNodes);
    const label = field.labels[0];
    text.id = field.id;
    field.removeAttribute("id");
    field.required = false; // who receives it says so
    field.hidden = true;
    field.before(this.bar, text);
    const row = this.bar.querySelector("[role=toolbar]");
    row.ariaLabel = text.ariaLabel;
    row.setAttribute("aria-controls", text.id);
    this.classList.add("is-on");
    if (field.matches(":disabled")) {
      text.ariaReadOnly = "true";
      text.tabIndex = 0;
      return;
    }
    text.contentEditable = "true";
    this.bar.hidden = false;
    label?.addEventListener("click", () => text.focus());
    text.addEventListener("focus", () => this.begin());
    text.addEventListener("input", () => this.keep());
    text.addEventListener("keydown", (e) => this.key(e));
    text.addEventListener("paste", (e) => this.take(e, e.clipboardData));
    text.addEventListener("dragstart", () => (this.own = true));
    text.addEventListener("dragend", () => (this.own = false));
    text.addEventListener("drop", (e) => this.drop(e));
    this.bar.addEventListener("click", (e) => this.press(e.target.closest("[data-pen]")?.dataset.pen));
    this.link.addEventListener("keydown", (e) => {
      if (e.key === "Enter" && e.target.localName === "input") this.lead();
      else if (e.key === "Escape") this.back();
      else return;
      e.preventDefault();
      e.stopPropagation();
    });
    this.draw = toolbar(text, this.bar, () => this.states());
    this.watch = () => this.look();
    document.addEventListener("selectionchange", this.watch);
    this.draw();
  }

  disconnectedCallback() {
    document.removeEventListener("selectionchange", this.watch);
  }

  // begin makes sure that what is typed stands in a paragraph.
  begin() {
    run("defaultParagraphSeparator", "p");
    run("styleWithCSS", false);
    if (this.text.firstChild) return;
    const p = this.text.appendChild(document.createElement("p"));
    p.append(document.createElement("br"));
    getSelection().collapse(p, 0);
  }

  keep() {
    const html = tidy(this.text).innerHTML;
    if (html === this.field.value) return;
    this.field.value = html;
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
    this.draw();
  }

  // look remembers what is chosen, which a press of a button or a field would lose.
  look() {
    const now = getSelection();
    if (!now.rangeCount || !this.text.contains(now.anchorNode)) return;
    this.range = now.getRangeAt(0).cloneRange();
    this.draw();
  }

  back() {
    this.link.hidden = true;
    const now = getSelection();
    const kept = this.text.contains(now.anchorNode);
    this.text.focus();
    if (kept || !this.text.contains(this.range?.startContainer)) return;
    now.removeAllRanges();
    now.addRange(this.range);
  }

  // within is the element of that kind around the cursor.
  within(selector) {
    const at = this.range?.commonAncestorContainer;
    const found = (at?.nodeType === Node.TEXT_NODE ? at.parentElement : at)?.closest?.(selector);
    return found && found !== this.text && this.text.contains(found) ? found : null;
  }

  // states are the buttons that are on, and those that can do nothing now.
  states() {
    const list = this.within("li")?.parentElement.localName;
    return {
      on: {
        bold: document.queryCommandState("bold") && !this.within("h2, h3, h4"), italic: document.queryCommandState("italic"), strike: document.queryCommandState("strikeThrough"),
        link: this.within("a"), heading: this.within("h2"), quote: this.within("blockquote"), code: this.within("pre"), bullets: list === "ul", numbers: list === "ol",
      },
      off: { indent: !list, outdent: !list, undo: !document.queryCommandEnabled("undo"), redo: !document.queryCommandEnabled("redo") },
    };
  }

  press(what) {
    if (!what) return;
    if (what === "set") return this.lead();
    if (what === "unset") return this.unlink();
    if (what === "picture") return this.show();
    if (what === "link") return this.link.hidden ? this.ask() : this.back();
    this.back();
    const plain = { bold: "bold", italic: "italic", strike: "strikeThrough", bullets: "insertUnorderedList", numbers: "insertOrderedList", indent: "indent", outdent: "outdent" }[what];
    if (/^(bold|italic|strike|undo|redo)$/.test(what)) run(plain ?? what);
    else if (plain) this.reform(plain);
    else this.shape({ heading: "h2", quote: "blockquote", code: "pre" }[what]);
    this.keep();
    this.look();
  }

  // reform changes lines, and keeps what is chosen, which browsers lose.
  reform(name, value) {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    const points = [[anchorNode, anchorOffset], [focusNode, focusOffset]];
    const had = points.every(([n]) => n?.nodeType === Node.TEXT_NODE) && points.map(([n, i]) => [letters(this.text, n, i), i === 0]);
    run(name, value);
    const now = had && had.map(([n, begins]) => after(this.text, n, begins));
    if (now?.every?.(Boolean)) getSelection().setBaseAndExtent(...now[0], ...now[1]);
  }

  // shape makes lines into something else, or into paragraphs again.
  shape(name) {
    const was = this.within(name);
    if (this.within("li")) this.reform(this.within("li").parentElement.localName === "ul" ? "insertUnorderedList" : "insertOrderedList");
    this.plain();
    if (!was) this.reform("formatBlock", name);
  }

  // plain makes lines into paragraphs.
  plain() {
    const code = this.within("pre");
    if (code) {
      this.lines(code, code.innerText.trimEnd().split("\n"));
      return code.remove();
    }
    this.reform("formatBlock", "p");
    this.look();
    if (this.within("blockquote")) this.reform("outdent");
  }

  // show puts a picture at the cursor that somebody chooses.
  show() {
    this.look();
    pick(this.field.dataset.pictures, (src) => {
      this.back();
      if (!src) return;
      const img = document.createElement("img");
      img.setAttribute("src", src);
      img.alt = "";
      run("insertHTML", img.outerHTML);
      this.keep();
    });
  }

  ask() {
    this.look();
    this.link.hidden = false;
    const input = this.link.querySelector("input");
    input.value = this.within("a")?.getAttribute("href") ?? "";
    input.setCustomValidity("");
    input.focus();
    input.select();
  }

  lead() {
    const input = this.link.querySelector("input");
    const to = address(input.value);
    if (!to) return input.select();
    this.back();
    this.whole();
    if (getSelection().isCollapsed) {
      const a = document.createElement("a");
      a.href = to;
      a.textContent = input.value.trim();
      run("insertHTML", a.outerHTML);
    } else run("createLink", to);
    this.keep();
  }

  unlink() {
    this.back();
    this.whole();
    run("unlink");
    this.keep();
  }

  // whole chooses all of the link at the cursor.
  whole() {
    const a = this.within("a");
    if (a && getSelection().isCollapsed) getSelection().selectAllChildren(a);
  }

  key(e) {
    this.look();
    const held = e.ctrlKey || e.metaKey;
    if (held && e.key === "k") this.ask();
    else if (held && e.key === "u") e.preventDefault(); // nobody would see that it is no link
    else if (e.key === "Enter" && !e.shiftKey && this.atEnd()) this.leave();
    else return;
    e.preventDefault();
    e.stopPropagation();
  }

  // atEnd tells whether the cursor is at an empty line that ends a quote, code or a heading.
  atEnd() {
    const at = this.within("pre, h2, h3, h4, blockquote");
    if (!at || !this.range.collapsed) return false;
    if (at.localName !== "pre") return !this.within("p, h2, h3, h4, blockquote").textContent.trim();
    const around = [document.createRange(), document.createRange()];
    around[0].selectNodeContents(at);
    around[1].selectNodeContents(at);
    around[0].setEnd(this.range.startContainer, this.range.startOffset);
    around[1].setStart(this.range.startContainer, this.range.startOffset);
    const [before, after] = around.map((r) => {
      const part = r.cloneContents();
      for (const br of part.querySelectorAll("br")) br.replaceWith("\n");
      return part.textContent;
    });
    return before.endsWith("\n") && !after.trim();
  }

  leave() {
    const code = this.within("pre");
    if (!code) this.plain();
    else {
      while (code.lastChild?.localName === "br" || code.lastChild?.data === "\n") code.lastChild.remove();
      this.lines(code, [""]);
    }
    this.keep();
    this.look();
  }

  // lines puts paragraphs behind code; browsers would put them in it.
  lines(code, texts) {
    const all = texts.map((t) => Object.assign(document.createElement("p"), { textContent: t }));
    for (const p of all) if (!p.firstChild) p.append(document.createElement("br"));
    code.after(...all);
    getSelection().selectAllChildren(all.at(-1));
    getSelection().collapseToEnd();
    this.look();
  }

  // take puts in what comes from elsewhere.
  take(e, from) {
    e.preventDefault();
    const html = from.getData("text/html");
    if (html) run("insertHTML", tidy(parse(html)).innerHTML);
    else run("insertText", from.getData("text/plain"));
  }

  drop(e) {
    if (this.own) return;
    const at = document.caretPositionFromPoint?.(e.clientX, e.clientY);
    this.text.focus();
    if (at && this.text.contains(at.offsetNode)) getSelection().collapse(at.offsetNode, at.offset);
    this.take(e, e.dataTransfer); // files have neither words nor HTML
  }
}
customElements.define("o-rich", Rich);
