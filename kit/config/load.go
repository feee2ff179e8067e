package config

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Sources are where settings come from, strongest first.
type Sources struct {
	Args map[string]string // flags that were given, by key or flag name
	Env  []string          // "NAME=value" as of os.Environ; ORION_* is ours
	File string            // YAML or JSON; "" is what ORION_CONFIG names, or none
}

const (
	envPrefix = "ORION_"
	envFile   = "ORION_CONFIG"
	envTests  = "ORION_TEST_" // read by tests, no settings of the program
)

// given is a value as it was found.
type given struct {
	text, origin string
}

// Load reads and checks all settings. Its error lists everything that is wrong.
// It touches no disk but the file; see Prepare.
func Load(from Sources) (Config, error) {
	env := environment(from.Env)
	if from.File == "" {
		from.File = env[envFile]
	}
	var wrong []error
	file, err := readFile(from.File)
	if err != nil {
		wrong = append(wrong, err)
	}
	delete(env, envFile)

	c := defaults()
	apply := func(found map[string]given, known func(name string) (setting, bool), unknown func(name string) error) {
		for _, name := range slices.Sorted(maps.Keys(found)) {
			s, ok := known(name)
			if !ok {
				wrong = append(wrong, fmt.Errorf("%s: %w", found[name].origin, unknown(name)))
				continue
			}
			if err := s.set(&c, found[name].text); err != nil {
				wrong = append(wrong, fmt.Errorf("%s (%s): %w", s.key, found[name].origin, err))
				continue
			}
			c.origins[s.key] = found[name].origin
		}
	}
	apply(file, findKey, unknownKey)
	apply(fromEnv(env), findEnv, unknownEnv)
	apply(fromArgs(from.Args), findKey, unknownKey)
	c.derive()
	if err := errors.Join(append(wrong, c.validate()...)...); err != nil {
		return Config{}, fmt.Errorf("settings: %w", err)
	}
	return c, nil
}

// environment are our variables that are set to something.
func environment(env []string) map[string]string {
	ours := map[string]string{}
	for _, pair := range env {
		name, value, _ := strings.Cut(pair, "=")
		if strings.HasPrefix(name, envPrefix) && !strings.HasPrefix(name, envTests) && value != "" {
			ours[name] = value
		}
	}
	return ours
}

func fromEnv(env map[string]string) map[string]given {
	found := map[string]given{}
	for name, value := range env {
		found[name] = given{value, name}
	}
	return found
}

func fromArgs(args map[string]string) map[string]given {
	found := map[string]given{}
	for name, value := range args {
		found[name] = given{value, "--" + strings.NewReplacer(".", "-", "_", "-").Replace(name)}
	}
	return found
}

// readFile flattens a YAML file (JSON is YAML) into keys with dots.
func readFile(name string) (map[string]given, error) {
	if name == "" {
		return nil, nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w; check --config and %s", err, envFile)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	found := map[string]given{}
	for _, top := range doc.Content { // none when the file is empty
		if err := flatten(top, "", name, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func flatten(n *yaml.Node, key, name string, into map[string]given) error {
	origin := name + ":" + strconv.Itoa(n.Line)
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			child := strings.TrimPrefix(key+"."+n.Content[i].Value, ".")
			if known, ok := into[child]; ok {
				return fmt.Errorf("%s:%d: key %q was already set at %s; keep one", name, n.Content[i].Line, child, known.origin)
			}
			if err := flatten(n.Content[i+1], child, name, into); err != nil {
				return err
			}
		}
	case yaml.SequenceNode:
		values := make([]string, len(n.Content))
		for i, item := range n.Content {
			values[i] = item.Value
		}
		into[key] = given{strings.Join(values, ","), origin}
	case yaml.ScalarNode:
		if key == "" {
			return fmt.Errorf("%s: want keys with values, such as \"addr: :8080\"", origin)
		}
		into[key] = given{n.Value, origin}
	default:
		return fmt.Errorf("%s: an alias is no value here; write the value out", origin)
	}
	return nil
}
