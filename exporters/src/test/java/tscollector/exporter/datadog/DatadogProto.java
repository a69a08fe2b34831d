package tscollector.exporter.datadog;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;

/** Datadog's payloads as Google's protobuf library reads them, with the fields of agent-payload; knows nothing of our encoder. */
final class DatadogProto {
    private static final FileDescriptor FILE = file();

    private DatadogProto() {}

    static DynamicMessage metricPayload(byte[] bytes) {
        return parse("MetricPayload", bytes);
    }

    static DynamicMessage sketchPayload(byte[] bytes) {
        return parse("SketchPayload", bytes);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows the field
    static <T> T get(DynamicMessage message, String field) {
        return (T) message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    /** Fails on fields that the descriptor does not have, at any depth. */
    private static DynamicMessage parse(String type, byte[] bytes) {
        try {
            DynamicMessage message = DynamicMessage.parseFrom(FILE.findMessageTypeByName(type), bytes);
            refuseUnknown(message);
            return message;
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not a " + type, e);
        }
    }

    private static void refuseUnknown(DynamicMessage message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw new AssertionError("unknown fields " + message.getUnknownFields());
        }
        for (Object value : message.getAllFields().values()) {
            for (Object one : value instanceof List<?> list ? list : List.of(value)) {
                if (one instanceof DynamicMessage inner) {
                    refuseUnknown(inner);
                }
            }
        }
    }

    private static FileDescriptor file() {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("datadog.proto")
                .setSyntax("proto3")
                .addMessageType(message("MetricPayload", many("series", 1, "MetricSeries")))
                .addMessageType(message(
                        "MetricSeries",
                        many("resources", 1, "Resource"),
                        one("metric", 2, FieldDescriptorProto.Type.TYPE_STRING),
                        many("tags", 3, FieldDescriptorProto.Type.TYPE_STRING),
                        many("points", 4, "MetricPoint"),
                        one("type", 5, FieldDescriptorProto.Type.TYPE_INT32),
                        one("unit", 6, FieldDescriptorProto.Type.TYPE_STRING),
                        one("source_type_name", 7, FieldDescriptorProto.Type.TYPE_STRING),
                        one("interval", 8, FieldDescriptorProto.Type.TYPE_INT64)))
                .addMessageType(message(
                        "Resource",
                        one("type", 1, FieldDescriptorProto.Type.TYPE_STRING),
                        one("name", 2, FieldDescriptorProto.Type.TYPE_STRING)))
                .addMessageType(message(
                        "MetricPoint",
                        one("value", 1, FieldDescriptorProto.Type.TYPE_DOUBLE),
                        one("timestamp", 2, FieldDescriptorProto.Type.TYPE_INT64)))
                .addMessageType(message("SketchPayload", many("sketches", 1, "Sketch")))
                .addMessageType(message(
                        "Sketch",
                        one("metric", 1, FieldDescriptorProto.Type.TYPE_STRING),
                        one("host", 2, FieldDescriptorProto.Type.TYPE_STRING),
                        many("tags", 4, FieldDescriptorProto.Type.TYPE_STRING),
                        many("dogsketches", 7, "Dogsketch")))
                .addMessageType(message(
                        "Dogsketch",
                        one("ts", 1, FieldDescriptorProto.Type.TYPE_INT64),
                        one("cnt", 2, FieldDescriptorProto.Type.TYPE_INT64),
                        one("min", 3, FieldDescriptorProto.Type.TYPE_DOUBLE),
                        one("max", 4, FieldDescriptorProto.Type.TYPE_DOUBLE),
                        one("avg", 5, FieldDescriptorProto.Type.TYPE_DOUBLE),
                        one("sum", 6, FieldDescriptorProto.Type.TYPE_DOUBLE),
                        many("k", 7, FieldDescriptorProto.Type.TYPE_SINT32),
                        many("n", 8, FieldDescriptorProto.Type.TYPE_UINT32)))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]);
        } catch (DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private static DescriptorProto message(String name, FieldDescriptorProto... fields) {
        return DescriptorProto.newBuilder()
                .setName(name)
                .addAllField(List.of(fields))
                .build();
    }

    private static FieldDescriptorProto one(String name, int number, FieldDescriptorProto.Type type) {
        return field(name, number, type, FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .build();
    }

    private static FieldDescriptorProto many(String name, int number, FieldDescriptorProto.Type type) {
        return field(name, number, type, FieldDescriptorProto.Label.LABEL_REPEATED)
                .build();
    }

    private static FieldDescriptorProto many(String name, int number, String message) {
        return field(name, number, FieldDescriptorProto.Type.TYPE_MESSAGE, FieldDescriptorProto.Label.LABEL_REPEATED)
                .setTypeName(message)
                .build();
    }

    private static FieldDescriptorProto.Builder field(
            String name, int number, FieldDescriptorProto.Type type, FieldDescriptorProto.Label label) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(label);
    }
}
