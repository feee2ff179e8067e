package module

import (
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"

	"orion/kit/fault"
	"orion/kit/tenant"
)

// ErrSettings is the answer to settings that do not fit; its fields say why.
var ErrSettings = fault.New(fault.Invalid, "module.invalid_settings")

// Source keeps what people chose. Raw is called often and must answer from
// memory.
type Source interface {
	// Raw is the JSON of a module's settings in a store, and empty when nobody
	// changed them.
	Raw(module string, in tenant.Store) string
}

// Config describes a module's settings to those who store and show them. The
// zero Config is a module without settings.
type Config struct {
	// Defaults is a struct whose fields carry json, label and help tags; label
	// and help are translation keys.
	Defaults any
	// Check tells what is wrong with a JSON of settings.
	Check func(raw []byte) error
}

// Settings are a module's settings as it reads them.
type Settings[T any] struct {
	module   string
	defaults T
	shape    Config
	validate func(T) error
	saved    func(T) error // what else has to hold when somebody saves; nil is nothing
	source   Source
	ready    sync.Map // what was read, by its text; values are T and never altered
	read     atomic.Int64
}

// maxRead is how many different settings are kept ready; stores that choose
// nothing of their own share one.
const maxRead = 20_000

// NewSettings makes the settings of a module. Without a source everybody has
// the defaults. validate may be nil.
func NewSettings[T any](code string, source Source, defaults T, validate func(T) error) *Settings[T] {
	return &Settings[T]{module: code, defaults: defaults, shape: Config{Defaults: defaults}, validate: validate, source: source}
}

// WhenSaved adds what has to hold when somebody saves settings and may fail to hold
// of stored ones, because a platform changed its part or a secret cannot be opened any
// more: all others of these settings still count then.
func (s *Settings[T]) WhenSaved(check func(T) error) *Settings[T] {
	s.saved = check
	return s
}

// Of are the settings in a store: the defaults with what was changed. Stored
// settings that no longer fit count as unchanged.
func (s *Settings[T]) Of(in tenant.Store) T {
	if s.source == nil {
		return s.defaults
	}
	raw := s.source.Raw(s.module, in)
	if raw == "" {
		return s.defaults
	}
	if value, ok := s.ready.Load(raw); ok {
		return value.(T) //nolint:forcetypeassert // nothing else is stored
	}
	value, err := s.parse([]byte(raw))
	if err != nil {
		value = s.defaults
	}
	if s.read.Add(1) > maxRead {
		s.read.Store(1)
		s.ready.Clear()
	}
	s.ready.Store(raw, value)
	return value
}

// Config describes the settings.
func (s *Settings[T]) Config() Config {
	return Config{Defaults: s.defaults, Check: func(raw []byte) error {
		value, err := s.parse(raw)
		if err == nil && s.saved != nil {
			err = s.saved(value)
		}
		return err
	}}
}

func (s *Settings[T]) parse(raw []byte) (T, error) {
	value := s.defaults
	if err := s.shape.Fit(raw); err != nil {
		return value, err
	}
	if err := json.Unmarshal(raw, &value); err != nil {
		return value, ErrSettings.Because(fmt.Errorf("read the settings of %s: %w", s.module, err))
	}
	if s.validate != nil {
		if err := s.validate(value); err != nil {
			return value, err
		}
	}
	return value, nil
}
