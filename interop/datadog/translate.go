package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"flag"
	"io"

	"github.com/DataDog/datadog-agent/pkg/opentelemetry-mapping-go/otlp/attributes"
	"github.com/DataDog/datadog-agent/pkg/opentelemetry-mapping-go/otlp/attributes/source"
	"github.com/DataDog/datadog-agent/pkg/opentelemetry-mapping-go/otlp/metrics"
	"github.com/DataDog/datadog-agent/pkg/util/quantile"
	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/pdata/pmetric"
	"go.opentelemetry.io/collector/pdata/pmetric/pmetricotlp"
	meternoop "go.opentelemetry.io/otel/metric/noop"
	tracenoop "go.opentelemetry.io/otel/trace/noop"
	"go.uber.org/zap"
)

// One point of a series that Datadog would be sent.
type point struct {
	Name     string   `json:"name"`
	Type     string   `json:"type"`
	Tags     []string `json:"tags"`
	Host     string   `json:"host"`
	Second   uint64   `json:"second"`
	Interval int64    `json:"interval"`
	Value    float64  `json:"value"`
}

// One distribution that Datadog would be sent.
type sketch struct {
	Name   string   `json:"name"`
	Tags   []string `json:"tags"`
	Host   string   `json:"host"`
	Second uint64   `json:"second"`
	Count  int64    `json:"count"`
	Sum    float64  `json:"sum"`
	Avg    float64  `json:"avg"`
	Min    float64  `json:"min"`
	Max    float64  `json:"max"`
	Keys   []int32  `json:"keys"`
	Counts []uint32 `json:"counts"`
}

// What becomes of one request. ResourceTags are those of the tags that are there because of a resource.
type translated struct {
	Series       []point  `json:"series"`
	Sketches     []sketch `json:"sketches"`
	ResourceTags []string `json:"resourceTags"`
	Error        string   `json:"error,omitempty"`
}

func (t *translated) ConsumeTimeSeries(
	_ context.Context, d *metrics.Dimensions, kind metrics.DataType, nanos uint64, interval int64, value float64,
) {
	name, err := kind.MarshalText()
	if err != nil {
		t.Error = err.Error()
	}
	t.Series = append(t.Series, point{d.Name(), string(name), d.Tags(), d.Host(), nanos / 1e9, interval, value})
}

func (t *translated) ConsumeSketch(_ context.Context, d *metrics.Dimensions, nanos uint64, _ int64, s *quantile.Sketch) {
	keys, counts := s.Cols()
	b := s.Basic
	t.Sketches = append(
		t.Sketches, sketch{d.Name(), d.Tags(), d.Host(), nanos / 1e9, b.Cnt, b.Sum, b.Avg, b.Min, b.Max, keys, counts})
}

// Only translators that leave histograms to others call these.
func (t *translated) ConsumeExplicitBoundHistogram(
	context.Context, *metrics.Dimensions, pmetric.HistogramDataPointSlice,
) {
	t.Error = "an untranslated histogram"
}

func (t *translated) ConsumeExponentialHistogram(
	context.Context, *metrics.Dimensions, pmetric.ExponentialHistogramDataPointSlice,
) {
	t.Error = "an untranslated exponential histogram"
}

type fixedHost string

func (h fixedHost) Source(context.Context) (source.Source, error) {
	return source.Source{
		Kind: source.HostnameKind, Identifier: string(h), SourceIdentifier: source.SourceIdentifier{Primary: string(h)},
	}, nil
}

func translator(arguments []string) (metrics.Provider, error) {
	flags := flag.NewFlagSet("translate", flag.ContinueOnError)
	histograms := flags.String("histograms", "distributions", "distributions, counters or nobuckets")
	aggregations := flags.Bool("aggregations", false, "send .count, .sum, .min and .max of histograms")
	quantiles := flags.Bool("quantiles", false, "send the quantiles of summaries")
	sums := flags.String("sums", "cumulative_to_delta", "cumulative_to_delta or raw_value")
	initial := flags.String("initial", "auto", "first values of cumulative sums: auto, keep or drop")
	infer := flags.Bool("infer-interval", false, "send the interval of deltas")
	prefix := flags.Bool("otel-prefix", false, "rename the metrics of hosts")
	host := flags.String("host", "", "the host of resources that name none")
	if err := flags.Parse(arguments); err != nil {
		return nil, err
	}
	options := []metrics.TranslatorOption{
		metrics.WithHistogramMode(metrics.HistogramMode(*histograms)),
		metrics.WithNumberMode(metrics.NumberMode(*sums)),
		metrics.WithInitialCumulMonoValueMode(metrics.InitialCumulMonoValueMode(*initial)),
		metrics.WithFallbackSourceProvider(fixedHost(*host)),
		metrics.WithoutRuntimeMetricMappings(),
	}
	if *aggregations {
		options = append(options, metrics.WithHistogramAggregations())
	}
	if *quantiles {
		options = append(options, metrics.WithQuantiles())
	}
	if *prefix {
		options = append(options, metrics.WithOTelPrefix())
	}
	if *infer {
		options = append(options, metrics.WithInferDeltaInterval())
	}
	settings := component.TelemetrySettings{
		Logger: zap.NewNop(), MeterProvider: meternoop.NewMeterProvider(), TracerProvider: tracenoop.NewTracerProvider(),
	}
	resources, err := attributes.NewTranslator(settings)
	if err != nil {
		return nil, err
	}
	return metrics.NewDefaultTranslator(settings, resources, options...)
}

// The requests come one after the other, each as the length of its protobuf (four bytes, the highest first) and the protobuf. Each is
// answered before the next one is read.
func translate(arguments []string, in io.Reader, out io.Writer) error {
	provider, err := translator(arguments)
	if err != nil {
		return err
	}
	reader := bufio.NewReader(in)
	answers := json.NewEncoder(out)
	for {
		var length uint32
		if err := binary.Read(reader, binary.BigEndian, &length); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		body := make([]byte, length)
		if _, err := io.ReadFull(reader, body); err != nil {
			return err
		}
		request := pmetricotlp.NewExportRequest()
		if err := request.UnmarshalProto(body); err != nil {
			return err
		}
		answer := &translated{Series: []point{}, Sketches: []sketch{}, ResourceTags: []string{}}
		resources := request.Metrics().ResourceMetrics()
		for i := 0; i < resources.Len(); i++ {
			tags := attributes.TagsFromAttributes(resources.At(i).Resource().Attributes())
			answer.ResourceTags = append(answer.ResourceTags, tags...)
		}
		if _, err := provider.MapMetrics(context.Background(), request.Metrics(), answer, nil); err != nil {
			answer.Error = err.Error()
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
}

func toProtobuf(in io.Reader, out io.Writer) error {
	text, err := io.ReadAll(in)
	if err != nil {
		return err
	}
	document, err := (&pmetric.JSONUnmarshaler{}).UnmarshalMetrics(text)
	if err != nil {
		return err
	}
	body, err := pmetricotlp.NewExportRequestFromMetrics(document).MarshalProto()
	if err != nil {
		return err
	}
	_, err = out.Write(body)
	return err
}
