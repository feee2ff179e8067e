package cms

import (
	"cmp"
	"path"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"orion/kit/fault"
	"orion/kit/i18n"
	"orion/kit/id"
	"orion/kit/letters"
	"orion/kit/picture"
)

// MediaKind is what a file is, told by its content.
type MediaKind string

// The kinds of files.
const (
	Picture  MediaKind = "picture"  // drawn anew before anybody sees it
	Drawing  MediaKind = "drawing"  // SVG, cleaned
	Document MediaKind = "document" // PDF, to be downloaded
	Video    MediaKind = "video"
)

// MediaKinds are all of them in the order of pages.
var MediaKinds = []MediaKind{Picture, Drawing, Document, Video}

// The bounds of what a store keeps.
const (
	maxMediaBytes  = 60 << 20 // of a document or a video; pictures and drawings have their own
	mediaRoom      = 2 << 30  // of all files of a store
	maxMediaName   = 150
	maxFolder      = 100
	maxAlt         = 300
	folderDepth    = 4
	mediaKeptFor   = 24 * time.Hour // after it was deleted
	mediaWasteKept = 24 * time.Hour // that pages may still show
)

var (
	errMediaUnknown = fault.New(fault.NotFound, "cms.media_unknown")
	errMediaInvalid = fault.New(fault.Invalid, "cms.media_invalid")
	errMediaKind    = fault.New(fault.Invalid, "cms.media_kind")
	errMediaLarge   = fault.New(fault.Invalid, "cms.media_large").With("max", maxMediaBytes>>20)
	errMediaFull    = fault.New(fault.Rule, "cms.media_full")
	errMediaNone    = fault.New(fault.Invalid, "cms.media_none")
)

// MediaID names a file.
type MediaID = id.ID[mediaKind]

type mediaKind struct{}

// Prefix of files' identifiers.
func (mediaKind) Prefix() string { return "med" }

// Media is a file of a store's library.
type Media struct {
	ID      MediaID
	Kind    MediaKind
	Folder  string // "" is none; "Spring/Looks" is one in another
	Name    string // as whoever sent it called it
	Alt     i18n.Text
	Upload  string // key of what was sent, one of its content and store
	Bytes   int64
	Whole   picture.Ready // all of a picture
	Drawn   picture.Ready // what is served of a picture or a drawing; none until it is drawn
	Cut     picture.Cut   // what of the picture is shown; zero is all
	FocusX  int64         // where it has what matters, in hundredths from the left
	FocusY  int64         // and from the top
	Wanted  int64         // grows when it has to be drawn anew
	Shown   int64         // the last of them that was drawn
	Failed  string        // code of why it could not be
	Changed time.Time
	Author  string
	Deleted time.Time // zero is not; a deleted one comes back for a day
	was     counted   // as it was read
}

// counted is how a file counts in its folder, if it is not deleted.
type counted struct {
	folder       string
	files, bytes int64
}

func (f Media) counts() counted {
	if f.ID.IsZero() || !f.Deleted.IsZero() {
		return counted{folder: f.Folder}
	}
	return counted{f.Folder, 1, f.Bytes}
}

// Pending tells that the file has yet to be drawn as it is wanted.
func (f Media) Pending() bool { return f.Wanted > f.Shown && f.Failed == "" }

// Ext is the end of the file's name by its content.
func (f Media) Ext() string { return strings.TrimPrefix(path.Ext(f.Upload), ".") }

// words are what a search looks at.
func (f Media) words() string {
	parts := []string{f.Name, f.Folder}
	for _, l := range i18n.Langs {
		parts = append(parts, f.Alt[l])
	}
	return letters.Fold(line(strings.Join(parts, " ")))
}

// address is the end of the file's address, which stays when its content is replaced.
func (f Media) address() string {
	stem := strings.TrimSuffix(f.Name, path.Ext(f.Name))
	return f.ID.String() + "/" + cmp.Or(slugOf(stem), "file") + "." + f.Ext()
}

// mediaName is the name of a file without the folders and whatever else whoever sent
// it put there.
func mediaName(sent, ext string) string {
	name := sent[strings.LastIndexAny(sent, `/\`)+1:]
	name = line(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError || r == '\u2028' || r == '\u2029' {
			return -1
		}
		return r
	}, name))
	stem := strings.Trim(strings.TrimSuffix(name, path.Ext(name)), ". ")
	return letters.Clip(cmp.Or(stem, "file"), maxMediaName-len(ext)-1) + "." + ext
}

// folderName is a folder as it is kept: its parts without blanks around them, and
// without those that say nothing.
func folderName(typed string) string {
	var out []string
	for _, p := range strings.Split(strings.ReplaceAll(typed, `\`, "/"), "/") {
		if p = strings.Trim(line(p), ". "); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, "/")
}

func checkFolder(bad *fault.Error, folder string) *fault.Error {
	switch {
	case utf8.RuneCountInString(folder) > maxFolder:
		return bad.Field("folder", "form.too_long", "max", maxFolder)
	case strings.Count(folder, "/") >= folderDepth:
		return bad.Field("folder", "cms.media_deep", "max", folderDepth)
	}
	return bad
}
