// Reads a request body, uncompressed, with the code that Datadog's own agent reads and writes it with, and prints it as JSON:
// the independent decoder of the interop suite.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/DataDog/agent-payload/v5/gogen"
)

// What gogen's payloads have in common.
type message interface{ Unmarshal([]byte) error }

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	payloads := map[string]message{"series": &gogen.MetricPayload{}, "sketches": &gogen.SketchPayload{}}
	if len(arguments) != 1 || payloads[arguments[0]] == nil {
		return fmt.Errorf("usage: datadog-wire series|sketches <BODY")
	}
	body, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	payload := payloads[arguments[0]]
	if err := payload.Unmarshal(body); err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(payload)
}
