package tscollector.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.metrics.data.SummaryPointData;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.SimpleCollector;
import io.prometheus.client.Summary;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tscollector.signal.Metric;
import tscollector.signal.MetricGroup;
import tscollector.torchserve.Points;

/** simpleclient 0.9.0 is what TorchServe 0.12.0 writes its metrics with: what it says must be what we read. */
class SimpleclientOracleTest {
    private static final String[] VALUES = {
        "",
        "x",
        "with space",
        "quote\"",
        "back\\slash",
        "line\nbreak",
        "comma,brace}",
        "\u00e9\u4e2d\ud83d\ude00",
        "ends\\",
        "#",
        "="
    };

    @Test
    void readsWhateverSimpleclientWrites() throws IOException {
        long seed = new SplittableRandom().nextLong();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            CollectorRegistry registry = registry(random);
            Tables target = new Tables();
            for (int scrape = 0; scrape < 3; scrape++) {
                Reading reading = target.read(written(registry));
                String what = "seed " + seed + ", registry " + i + ", scrape " + scrape;
                assertThat(reading.errors().total()).as(what).isZero();
                assertThat(reading.left()).as(what).isEmpty();
                assertThat(reading.repairs()).as(what).isZero();
                MetricGroup group = Objects.requireNonNull(reading.group(), what);
                assertThat(samples(group)).as(what).isEqualTo(samples(registry));
                assertThat(helps(group)).as(what).isEqualTo(helps(registry));
            }
        }
    }

    private static CollectorRegistry registry(SplittableRandom random) {
        CollectorRegistry registry = new CollectorRegistry();
        for (int family = random.nextInt(1, 8); family > 0; family--) {
            int labels = random.nextInt(4);
            String name = "f" + family;
            int type = random.nextInt(4);
            int children = labels == 0 ? 1 : random.nextInt(1, 6);
            switch (type) {
                case 0 -> {
                    Counter counter = built(Counter.build(), name, labels, registry, random);
                    each(
                            children,
                            random,
                            labels,
                            values -> counter.labels(values).inc(Math.abs(number(random))));
                }
                case 1 -> {
                    Gauge gauge = built(Gauge.build(), name, labels, registry, random);
                    each(
                            children,
                            random,
                            labels,
                            values -> gauge.labels(values).set(number(random)));
                }
                case 2 -> {
                    Histogram histogram = built(Histogram.build(), name, labels, registry, random);
                    each(
                            children * 5,
                            random,
                            labels,
                            values -> histogram.labels(values).observe(number(random)));
                }
                default -> {
                    Summary summary = built(
                            Summary.build().quantile(0.5, 0.05).quantile(0.99, 0.001), name, labels, registry, random);
                    each(
                            children * 5,
                            random,
                            labels,
                            values -> summary.labels(values).observe(number(random)));
                }
            }
        }
        return registry;
    }

    private static <B extends SimpleCollector.Builder<B, C>, C extends SimpleCollector<?>> C built(
            B builder, String name, int labels, CollectorRegistry registry, SplittableRandom random) {
        String[] names = Arrays.copyOf(new String[] {"a", "b_2", "Level"}, labels);
        return builder.name(name)
                .help("help " + VALUES[random.nextInt(VALUES.length)] + ".")
                .labelNames(names)
                .register(registry);
    }

    private interface Update {
        void accept(String[] labelValues);
    }

    private static void each(int times, SplittableRandom random, int labels, Update update) {
        for (int i = 0; i < times; i++) {
            String[] values = new String[labels];
            for (int label = 0; label < labels; label++) {
                values[label] = VALUES[random.nextInt(VALUES.length)];
            }
            update.accept(values);
        }
    }

    private static double number(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(20);
            case 1 -> random.nextDouble(-1, 10);
            case 2 -> random.nextDouble() * 1e15;
            default -> random.nextDouble() * 1e-9;
        };
    }

    private static byte[] written(CollectorRegistry registry) throws IOException {
        StringWriter text = new StringWriter();
        TextFormat.write004(text, registry.metricFamilySamples());
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Double> samples(CollectorRegistry registry) {
        Map<String, Double> samples = new TreeMap<>();
        for (Collector.MetricFamilySamples family : Collections.list(registry.metricFamilySamples())) {
            for (Collector.MetricFamilySamples.Sample sample : family.samples) {
                TreeMap<String, Object> labels = new TreeMap<>();
                for (int i = 0; i < sample.labelNames.size(); i++) {
                    String name = sample.labelNames.get(i);
                    String value = sample.labelValues.get(i);
                    labels.put(name, name.equals("le") || name.equals("quantile") ? Expanded.bound(value) : value);
                }
                samples.put(sample.name + Expanded.text(labels), sample.value);
            }
        }
        return samples;
    }

    private static Map<String, Double> samples(MetricGroup group) {
        Map<String, Double> samples = new TreeMap<>();
        for (Metric metric : group.metrics()) {
            for (PointData point : metric.data().getPoints()) {
                Attributes attributes = point.getAttributes().toBuilder()
                        .remove(SampleReader.ENDPOINT)
                        .build();
                if (point instanceof DoublePointData number) {
                    samples.put(metric.name() + Points.text(attributes), number.getValue());
                } else if (point instanceof SummaryPointData summary) {
                    summary.getValues()
                            .forEach(at -> samples.put(
                                    metric.name()
                                            + Points.text(attributes.toBuilder()
                                                    .put("quantile", Double.toString(at.getQuantile()))
                                                    .build()),
                                    at.getValue()));
                    samples.put(metric.name() + "_sum" + Points.text(attributes), summary.getSum());
                    samples.put(metric.name() + "_count" + Points.text(attributes), (double) summary.getCount());
                } else {
                    Expanded.histogram(metric.name(), attributes, point, samples);
                }
            }
        }
        return samples;
    }

    private static Map<String, String> helps(CollectorRegistry registry) {
        Map<String, String> helps = new TreeMap<>();
        List<Collector.MetricFamilySamples> families = Collections.list(registry.metricFamilySamples());
        families.forEach(family -> helps.put(family.name, family.help));
        return helps;
    }

    private static Map<String, String> helps(MetricGroup group) {
        Map<String, String> helps = new TreeMap<>();
        group.metrics().forEach(metric -> helps.put(metric.family(), metric.description()));
        return helps;
    }
}
