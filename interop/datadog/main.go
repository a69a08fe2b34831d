// Datadog's own code, as a program that the tests of the interop suite can ask: what a request body says (the code that Datadog's agent
// reads and writes it with), and what Datadog makes of OTLP metrics (its translator).
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/DataDog/agent-payload/v5/gogen"
)

const usage = `usage: datadog-wire series|sketches <BODY            prints the body of a request, uncompressed, as JSON
       datadog-wire otlp <JSON                        prints an OTLP JSON document of metrics as protobuf
       datadog-wire translate [FLAG]... <REQUESTS     prints what becomes of OTLP requests, a line of JSON each`

// What gogen's payloads have in common.
type message interface{ Unmarshal([]byte) error }

func main() {
	if err := run(os.Args[1:], os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(arguments []string, in io.Reader, out io.Writer) error {
	if len(arguments) == 0 {
		return fmt.Errorf(usage)
	}
	switch arguments[0] {
	case "series":
		return show(&gogen.MetricPayload{}, in, out)
	case "sketches":
		return show(&gogen.SketchPayload{}, in, out)
	case "otlp":
		return toProtobuf(in, out)
	case "translate":
		return translate(arguments[1:], in, out)
	}
	return fmt.Errorf(usage)
}

func show(payload message, in io.Reader, out io.Writer) error {
	body, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	if err := payload.Unmarshal(body); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(payload)
}
