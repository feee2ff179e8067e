package config_test

import (
	"fmt"

	"orion/kit/config"
)

// Flags win over the environment, and Explain tells which of them did.
func ExampleLoad() {
	c, err := config.Load(config.Sources{
		Args: map[string]string{"addr": "127.0.0.1:9000"},
		Env:  []string{"ORION_ADDR=:80", "ORION_LOG_FORMAT=json"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range c.Explain() {
		if line.Key == "addr" || line.Key == "log_format" || line.Key == "data" {
			fmt.Println(line.Key, line.Value, line.Origin)
		}
	}
	// Output:
	// addr 127.0.0.1:9000 --addr
	// data ./data default
	// log_format json ORION_LOG_FORMAT
}
