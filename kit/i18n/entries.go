package i18n

import (
	"maps"
	"slices"
)

// Sentence is a message as it is written: a text, or one for each plural form.
type Sentence struct {
	Text  string
	Forms map[string]string // by the name of the form; nil of a plain text
}

// Entry is a message in all the languages that have it.
type Entry struct {
	Key      string
	In       map[Lang]Sentence
	Reworded []Lang // in which it is not what the files say
	Asked    bool   // for it, in any language, since the start of this process
}

// Entries are all messages, by key.
func (b *Bundle) Entries() []Entry {
	byKey := map[string]*Entry{}
	reworded := b.current.Load().reworded
	for l, messages := range b.loaded {
		for key, e := range messages {
			entry := byKey[key]
			if entry == nil {
				entry = &Entry{Key: key, In: map[Lang]Sentence{}}
				byKey[key] = entry
			}
			entry.In[l] = e.message.sentence()
			entry.Asked = entry.Asked || e.message.asked.Load()
		}
	}
	for _, l := range Langs {
		for key, m := range reworded[l] {
			entry := byKey[key]
			entry.In[l], entry.Reworded = m.sentence(), append(entry.Reworded, l)
		}
	}
	out := make([]Entry, 0, len(byKey))
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		out = append(out, *byKey[key])
	}
	return out
}

// Written is what the files say, whatever it is reworded to.
func (b *Bundle) Written(l Lang, key string) (Sentence, bool) {
	e, ok := b.loaded[l][key]
	if !ok {
		return Sentence{}, false
	}
	return e.message.sentence(), true
}

func (m *message) sentence() Sentence {
	s := Sentence{Text: m.text}
	for name, form := range formNames {
		if f, ok := m.forms[form]; ok {
			if s.Forms == nil {
				s.Forms = map[string]string{}
			}
			s.Forms[name] = f.text
		}
	}
	return s
}
