package gallery_test

import (
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

func richText(p *person) {
	const html = `document.querySelector("[name=story]").value`
	const editor = `#f-story`
	pen := func(what string) string { return `[data-pen="` + what + `"]` }
	p.is("the editor", `document.querySelector("#f-story").isContentEditable`)
	p.focus(editor)
	p.press("a", chromedp.ModifierCtrl)
	p.is("all of it chosen", `getSelection().toString().length > 9`)
	p.press("i", chromedp.ModifierCtrl)
	p.is("italics", html+` === "<p><em>Thrown by <strong>hand</strong>.</em></p>"`)
	p.press(kb.Tab, chromedp.ModifierShift)
	p.on(`.rich-tools button`)
	p.press(kb.End + kb.Home + kb.ArrowRight + kb.ArrowRight)
	p.on(pen("strike"))
	p.press(kb.Enter)
	p.is("struck through", html+`.includes("<del>") && document.querySelector("[data-pen=strike]").ariaPressed === "true"`)
	p.on(editor)
	p.press(kb.F10, chromedp.ModifierAlt)
	p.on(pen("strike")) // where it was left
	p.press(kb.ArrowRight + kb.Enter)
	p.on(`.rich-link input`)
	p.press("orion.example" + kb.Enter)
	p.is("a link", html+`.includes('href="https://orion.example"')`)
	p.on(editor)
	p.press("k", chromedp.ModifierCtrl)
	p.on(`.rich-link input`)
	p.is("no palette", `!document.querySelector("#palette").open`)
	p.press(kb.Escape)
	p.on(editor)
	p.press(kb.F10, chromedp.ModifierAlt)
	p.press(kb.Escape)
	p.on(editor)
	p.press(kb.End, chromedp.ModifierCtrl)
	p.press(kb.Enter + "Second")
	p.is("a paragraph", html+`.endsWith("</p><p><em>Second</em></p>")`)
	p.press(kb.F10, chromedp.ModifierAlt)
	p.press(kb.ArrowRight + kb.Enter) // a heading
	p.is("a heading", html+`.endsWith("<h2><em>Second</em></h2>") && document.querySelector("[data-pen=heading]").ariaPressed === "true"`)
	p.press(kb.Enter + "Third")
	p.press("z", chromedp.ModifierCtrl)
	p.is("taken back", `!`+html+`.includes("Third")`)
	p.press(kb.Tab)
	p.is("nobody caught", `!document.activeElement.closest("o-rich")`)
}

// richForms walks through what lines can be, and what is put in from elsewhere.
func richForms(p *person) {
	const html = `document.querySelector("[name=story]").value`
	p.is("the editor", `document.querySelector("#f-story").isContentEditable`)
	p.focus(`#f-story`)
	act := func(what, want string) {
		p.Helper()
		p.get(`document.querySelector("[data-pen=` + what + `]").click(); ""`)
		p.is(what, html+" === `"+want+"`")
	}
	p.press("a", chromedp.ModifierCtrl)
	p.press("One" + kb.Enter + "Two")
	p.is("two paragraphs", html+` === "<p>One</p><p>Two</p>"`)
	act("bullets", "<p>One</p><ul><li>Two</li></ul>")
	p.press(kb.Enter + "Three")
	act("indent", "<p>One</p><ul><li>Two<ul><li>Three</li></ul></li></ul>")
	act("outdent", "<p>One</p><ul><li>Two</li><li>Three</li></ul>")
	act("numbers", "<p>One</p><ul><li>Two</li></ul><ol><li>Three</li></ol>")
	act("quote", "<p>One</p><ul><li>Two</li></ul><blockquote><p>Three</p></blockquote>")
	p.press(kb.Enter + kb.Enter + "Four")
	p.is("the quote left by an empty line", html+` === "<p>One</p><ul><li>Two</li></ul><blockquote><p>Three</p></blockquote><p>Four</p>"`)
	act("code", "<p>One</p><ul><li>Two</li></ul><blockquote><p>Three</p></blockquote><pre>Four</pre>")
	p.press(kb.Enter + "Five")
	p.is("lines of code", html+`.endsWith("<pre>Four\nFive</pre>")`)
	act("code", "<p>One</p><ul><li>Two</li></ul><blockquote><p>Three</p></blockquote><p>Four</p><p>Five</p>")
	p.press("a", chromedp.ModifierCtrl)
	p.get(`(() => {
		const data = new DataTransfer();
		data.setData("text/html", '<meta charset=utf-8><h1 style="color:red">Title</h1><p onclick="alert(1)">Some <span style="font-weight:700">words</span> <a href="javascript:alert(1)">here</a> <a href="https://a.example" target=_blank>there</a></p><script>alert(1)</script><img src=x onerror=alert(1)><ul><li><p>Point</p></li></ul>');
		document.querySelector("#f-story").dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
		return "";
	})()`)
	p.is("what was put in", html+" === `<h2>Title</h2><p>Some words here <a href=\"https://a.example\">there</a></p><ul><li>Point</li></ul>`")
	p.is("nothing that runs", `!document.querySelector("#f-story :is(script, img, [onclick], [style])")`)
}
