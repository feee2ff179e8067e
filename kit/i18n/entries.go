package i18n

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
	keys := b.keys()
	out := make([]Entry, len(keys))
	for i, key := range keys {
		out[i], _ = b.Entry(key)
	}
	return out
}

// Entry is the message of a key.
func (b *Bundle) Entry(key string) (Entry, bool) {
	e := Entry{Key: key, In: map[Lang]Sentence{}}
	reworded := b.current.Load().reworded
	for _, l := range Langs {
		if own, ok := b.loaded[l][key]; ok {
			e.In[l] = own.message.sentence()
			e.Asked = e.Asked || own.message.asked.Load()
		}
		if m, ok := reworded[l][key]; ok {
			e.In[l], e.Reworded = m.sentence(), append(e.Reworded, l)
		}
	}
	return e, len(e.In) > 0
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
