// Package form reads what a person typed, and collects what is wrong with it
// so that everything can be said at once.
package form

import (
	"errors"
	"mime/multipart"
	"net/http"
	"net/mail"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/money"
	"orion/kit/ui"
)

const (
	maxBody   = 1 << 20
	maxUpload = 64 << 20
	inMemory  = 1 << 20
	// DefaultMax is how many characters a field takes unless it says otherwise.
	DefaultMax = 500
)

var (
	errTooLarge = fault.New(fault.Invalid, "form.body_too_large")
	errBroken   = fault.New(fault.Invalid, "form.malformed")
)

// Form is a posted form. Reading methods never fail: what cannot be read is
// noted as a field error and reads as zero.
type Form struct {
	r      *http.Request
	faults *fault.Error
}

// Parse reads the body, at most 1 MiB, or 64 MiB when it carries files.
func Parse(w http.ResponseWriter, r *http.Request) (*Form, error) {
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
		err = r.ParseMultipartForm(inMemory)
	} else {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		err = r.ParseForm()
	}
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, errTooLarge.With("max", tooLarge.Limit>>20)
	case err != nil:
		return nil, errBroken.Because(err)
	}
	for _, values := range r.PostForm {
		for i, v := range values {
			values[i] = clean(v)
		}
	}
	return &Form{r: r, faults: fault.New(fault.Invalid, "form.invalid")}, nil
}

// clean takes out of a value what is no text, which no database would keep.
func clean(v string) string { return strings.ReplaceAll(strings.ToValidUTF8(v, ""), "\x00", "") }

// Fail notes what is wrong with a field.
func (f *Form) Fail(name, code string, kv ...any) { f.faults = f.faults.Field(name, code, kv...) }

// Take notes the field errors of err, which a use case returned, and tells
// whether there were any.
func (f *Form) Take(err error) bool {
	e := fault.As(err)
	if e == nil || len(e.Fields) == 0 {
		return false
	}
	for _, field := range e.Fields {
		f.faults.Fields = append(f.faults.Fields[:len(f.faults.Fields):len(f.faults.Fields)], field)
	}
	return true
}

// OK tells that nothing is wrong so far.
func (f *Form) OK() bool { return len(f.faults.Fields) == 0 }

// Fault is everything that is wrong, under a code of the caller's, or nil.
func (f *Form) Fault(code string) error {
	e := *f.faults
	e.Code = code
	return (&e).OrNil()
}

// Errors are the field errors, for showing the form again.
func (f *Form) Errors() []fault.Field { return f.faults.Fields }

// State is the form as typed with what is wrong, for showing it again.
func (f *Form) State() ui.Form {
	state := ui.Form{Values: f.r.PostForm}
	if !f.OK() {
		state.Fault = f.faults
	}
	return state
}

// Has tells that the field was sent at all.
func (f *Form) Has(name string) bool { return f.r.PostForm.Has(name) }

// Forget goes on as if the field had not been sent.
func (f *Form) Forget(name string) { f.r.PostForm.Del(name) }

// Raw is a field as typed.
func (f *Form) Raw(name string) string { return f.r.PostFormValue(name) }

// Text is a field of one line without surrounding space. Line breaks and other
// control characters, which no field of one line lets anybody type, read as
// spaces: names go into the headers of mails.
func (f *Form) Text(name string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, f.Long(name, DefaultMax)))
}

// Long is a field of at most limit characters.
func (f *Form) Long(name string, limit int) string {
	v := strings.TrimSpace(f.Raw(name))
	if utf8.RuneCountInString(v) > limit {
		f.Fail(name, "form.too_long", "max", limit)
	}
	return v
}

// Required is Text that must not be empty.
func (f *Form) Required(name string) string {
	v := f.Text(name)
	if v == "" {
		f.Fail(name, "form.required")
	}
	return v
}

// Email is an e-mail address; empty passes, so combine it with Required.
func (f *Form) Email(name string) string {
	v := f.Text(name)
	if v == "" {
		return ""
	}
	a, err := mail.ParseAddress(v)
	if err != nil || a.Name != "" || !strings.Contains(a.Address[strings.LastIndex(a.Address, "@")+1:], ".") {
		f.Fail(name, "form.bad_email")
	}
	return v
}

// Int is a whole number; empty is 0.
func (f *Form) Int(name string) int64 {
	v := f.Text(name)
	if v == "" {
		return 0
	}
	n, err := strconv.ParseInt(strings.ReplaceAll(v, " ", ""), 10, 64)
	if err != nil {
		f.Fail(name, "form.bad_number")
	}
	return n
}

// Between is Int held to a range.
func (f *Form) Between(name string, low, high int64) int64 {
	n := f.Int(name)
	switch {
	case n < low:
		f.Fail(name, "form.too_small", "min", low)
	case n > high:
		f.Fail(name, "form.too_large", "max", high)
	}
	return n
}

// Trapped tells that the field which only programs see was filled in.
func (f *Form) Trapped() bool { return f.Raw(ui.TrapField) != "" }

// Bool is a checkbox.
func (f *Form) Bool(name string) bool {
	switch f.Raw(name) {
	case "1", "on", "true", "yes":
		return true
	}
	return false
}

// Money is an amount as people of lang type it; empty is zero.
func (f *Form) Money(name string, c money.Currency, lang string) money.Amount {
	v := f.Text(name)
	if v == "" {
		return money.New(0, c)
	}
	a, err := money.Parse(v, c, lang)
	if err != nil {
		f.Fail(name, "money.malformed")
		return money.New(0, c)
	}
	return a
}

// All are all values of a field.
func (f *Form) All(name string) []string { return f.r.PostForm[name] }

// Choice is one of the allowed values.
func (f *Form) Choice(name string, allowed ...string) string {
	v := f.Raw(name)
	for _, a := range allowed {
		if v == a {
			return v
		}
	}
	f.Fail(name, "form.choose")
	return ""
}

// Files are the uploaded files of a field, in the order in which they were chosen.
func (f *Form) Files(name string) []*multipart.FileHeader {
	if f.r.MultipartForm == nil {
		return nil
	}
	return f.r.MultipartForm.File[name]
}

// File is an uploaded file, or nil when none was chosen.
func (f *Form) File(name string) (multipart.File, *multipart.FileHeader, error) {
	file, header, err := f.r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, errBroken.Because(err)
	}
	return file, header, nil
}
