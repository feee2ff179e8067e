package i18n

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/feature/plural"
)

// parseFile reads a flat JSON object of sentences and plural messages. It goes
// token by token, because the standard decoder lets a repeated key win silently.
func parseFile(text []byte) (map[string]*message, error) {
	dec := json.NewDecoder(bytes.NewReader(text))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, fmt.Errorf("want one JSON object, not %v", t)
	}
	messages := map[string]*message{}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return nil, err
		}
		key := t.(string) // the decoder lets nothing else be a key
		if _, ok := messages[key]; ok {
			return nil, fmt.Errorf("key %q is in the file twice", key)
		}
		var value any
		if err := dec.Decode(&value); err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
		if messages[key], err = parseMessage(value); err != nil {
			return nil, fmt.Errorf("key %q: %w", key, err)
		}
	}
	if _, err := dec.Token(); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, errors.New("text after the object")
	}
	return messages, nil
}

func parseMessage(value any) (*message, error) {
	switch value := value.(type) {
	case string:
		if value == "" {
			return nil, errors.New("the message is empty")
		}
		return newMessage(value), nil
	case map[string]any:
		return parsePlural(value)
	default:
		return nil, fmt.Errorf("a message is a text or an object of plural forms, not %T", value)
	}
}

func parsePlural(forms map[string]any) (*message, error) {
	other, ok := forms["other"].(string)
	if !ok {
		return nil, errors.New("plural form \"other\" is missing")
	}
	m := newMessage(other)
	m.forms = map[plural.Form]*message{}
	for name, text := range forms {
		form, known := formNames[name]
		sentence, isText := text.(string)
		if !known || !isText {
			return nil, fmt.Errorf("plural form %q: want one of zero, one, two, few, many, other, with a text", name)
		}
		m.forms[form] = newMessage(sentence)
	}
	return m, nil
}
