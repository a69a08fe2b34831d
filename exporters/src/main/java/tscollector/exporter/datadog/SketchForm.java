package tscollector.exporter.datadog;

import java.time.Duration;

/**
 * Sketches in the message {@code SketchPayload}; what is in a slot is the message {@code Dogsketch} with its tag and length. The
 * intake adds up what it is sent twice.
 */
final class SketchForm implements DatedCargo.Form<byte[]> {
    private static final int SKETCHES = 1;
    private static final int METRIC = 1;
    private static final int HOST = 2;
    private static final int TAGS = 4;
    private static final int DOGSKETCHES = 7;

    /** Sketches, none yet. */
    static DatedCargo<byte[]> cargo(Duration maxAge, int retriesOfUnknown) {
        return new DatedCargo<>(new SketchForm(), maxAge, retriesOfUnknown);
    }

    /** What a series of sketches has in common. */
    static byte[] head(String name, String host, Iterable<String> tags) {
        WireBuffer head = new WireBuffer(256);
        head.field(METRIC, name);
        if (!host.isEmpty()) {
            head.field(HOST, host);
        }
        tags.forEach(tag -> head.field(TAGS, tag));
        return head.toBytes();
    }

    /** What goes into a slot. */
    static byte[] item(WireBuffer dogsketch) {
        return new WireBuffer(dogsketch.size() + 8)
                .field(DOGSKETCHES, dogsketch)
                .toBytes();
    }

    @Override
    public String contentType() {
        return Payload.PROTOBUF;
    }

    @Override
    public String open() {
        return ""; // a payload is its sketches
    }

    @Override
    public void write(Series of, byte[] sketch, long second, WireBuffer out) {
        byte[] head = of.head();
        out.varint((SKETCHES << 3) | 2).varint((long) head.length + sketch.length);
        out.add(head).add(sketch);
    }

    @Override
    public String comma() {
        return "";
    }

    @Override
    public String close() {
        return "";
    }
}
