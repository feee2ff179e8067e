package main

import (
	"fmt"
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// scripts bundles each entry into one module for the browsers of two years ago.
func scripts(from, to string, entries ...string) error {
	paths := make([]string, len(entries))
	for i, e := range entries {
		paths[i] = filepath.Join(from, e)
	}
	result := api.Build(api.BuildOptions{
		EntryPoints:       paths,
		Outdir:            to,
		Bundle:            true,
		Write:             true,
		MinifyWhitespace:  true,
		MinifyIdentifiers: true,
		MinifySyntax:      true,
		Format:            api.FormatESModule,
		Target:            api.ES2022,
		LegalComments:     api.LegalCommentsNone,
		LogLevel:          api.LogLevelWarning,
	})
	if len(result.Errors) > 0 {
		return fmt.Errorf("bundle scripts: %s", result.Errors[0].Text)
	}
	return nil
}
