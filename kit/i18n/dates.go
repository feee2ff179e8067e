package i18n

import (
	"strconv"
	"time"
)

// calendar is how a language writes dates, after CLDR's "format" widths.
type calendar struct {
	short, long [12]string // months
	days        [7]string  // from Sunday, as time.Weekday counts
	brief       [7]string  // the same, short
	afterDay    string     // "24." or "24"
}

var calendars = map[Lang]*calendar{
	En: {
		short: [12]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
		long:  [12]string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		days:  [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		brief: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
	},
	Fr: {
		short: [12]string{"janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."},
		long:  [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		days:  [7]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		brief: [7]string{"dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."},
	},
	De: {
		short:    [12]string{"Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		long:     [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		days:     [7]string{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
		brief:    [7]string{"So.,", "Mo.,", "Di.,", "Mi.,", "Do.,", "Fr.,", "Sa.,"},
		afterDay: ".",
	},
	Lb: {
		short:    [12]string{"Jan.", "Feb.", "Mäe.", "Abr.", "Mee", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."},
		long:     [12]string{"Januar", "Februar", "Mäerz", "Abrëll", "Mee", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
		days:     [7]string{"Sonndeg", "Méindeg", "Dënschdeg", "Mëttwoch", "Donneschdeg", "Freideg", "Samschdeg"},
		brief:    [7]string{"Son.,", "Méi.,", "Dën.,", "Mët.,", "Don.,", "Fre.,", "Sam.,"},
		afterDay: ".",
	},
}

// Date writes a day: "24 Nov 2026". The zero time is an empty text.
func (w Words) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	c, t := w.calendar(t)
	return strconv.Itoa(t.Day()) + c.afterDay + " " + c.short[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// LongDate writes a day in full, for letters and invoices: "24 November 2026".
func (w Words) LongDate(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	c, t := w.calendar(t)
	return strconv.Itoa(t.Day()) + c.afterDay + " " + c.long[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// Month writes a month, for headings and charts: "Nov 2026".
func (w Words) Month(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	c, t := w.calendar(t)
	return c.short[t.Month()-1] + " " + strconv.Itoa(t.Year())
}

// Weekday writes the day of the week: "Tuesday".
func (w Words) Weekday(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	c, t := w.calendar(t)
	return c.days[t.Weekday()]
}

// Days writes a span of days soon to come: "Tue 1 – Wed 2 December", or of one
// day "Tue 1 December".
func (w Words) Days(from, to time.Time) string {
	c, from := w.calendar(from)
	_, to = w.calendar(to)
	day := func(t time.Time) string { return c.brief[t.Weekday()] + " " + strconv.Itoa(t.Day()) + c.afterDay }
	month := func(t time.Time) string { return " " + c.long[t.Month()-1] }
	switch {
	case from.Equal(to):
		return day(to) + month(to)
	case from.Month() == to.Month():
		return day(from) + " – " + day(to) + month(to)
	}
	return day(from) + month(from) + " – " + day(to) + month(to)
}

// Time writes the time of day: "14:05", in all our languages.
func (w Words) Time(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	_, t = w.calendar(t)
	return t.Format("15:04")
}

// DateTime writes day and time: "24 Nov 2026, 14:05".
func (w Words) DateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return w.Date(t) + ", " + w.Time(t)
}

// calendar is the language's way with dates, and t in the reader's zone.
func (w Words) calendar(t time.Time) (*calendar, time.Time) {
	if w.zone == nil {
		return calendars[w.Lang()], t.UTC()
	}
	return calendars[w.Lang()], t.In(w.zone)
}
