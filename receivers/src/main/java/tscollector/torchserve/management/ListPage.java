package tscollector.torchserve.management;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tscollector.torchserve.JsonReading;

/**
 * One answer to {@code GET /models}.
 *
 * @param models in the server's order
 * @param nextPageToken null on the last page
 * @param bad fields that are not what they should be
 * @param lost things whose loss makes the list incomplete: entries without a usable name, a token that cannot be read
 */
record ListPage(List<ListedModel> models, @Nullable String nextPageToken, int bad, int lost) {
    /** TorchServe gives at most 100, whatever is asked for. */
    private static final int MOST_MODELS = 10_000;

    ListPage {
        models = List.copyOf(models);
    }

    /**
     * Reads a page.
     *
     * @param mayHaveNone whether an object without {@code models}, or with something empty there, is a page without models
     * @throws MalformedAnswerException if it is no JSON object with a list {@code models}
     */
    static ListPage read(byte[] body, boolean mayHaveNone) throws MalformedAnswerException {
        try (JsonParser json = JsonReading.parser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new MalformedAnswerException("the model list is not a JSON object");
            }
            return read(json, new FieldReader(json), mayHaveNone);
        } catch (JacksonException e) {
            throw new MalformedAnswerException("the model list is not JSON that can be read", e);
        }
    }

    private static ListPage read(JsonParser json, FieldReader fields, boolean mayHaveNone)
            throws MalformedAnswerException {
        List<ListedModel> models = mayHaveNone ? new ArrayList<>() : null;
        String token = null;
        int lost = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("models")) {
                models = null;
                if (mayHaveNone && isEmptyThing(json)) {
                    models = new ArrayList<>();
                } else if (fields.begins(JsonToken.START_ARRAY)) {
                    models = new ArrayList<>();
                    lost += readModels(json, fields, models);
                }
            } else if (name.equals("nextPageToken")) {
                int before = fields.bad();
                token = fields.id();
                lost += fields.bad() - before;
            } else {
                json.skipChildren();
            }
        }
        if (models == null) {
            throw new MalformedAnswerException("the model list has no list named models");
        }
        return new ListPage(models, token, fields.bad(), lost);
    }

    /** An object without fields, on whose end it stands then, or an empty text. */
    private static boolean isEmptyThing(JsonParser json) throws MalformedAnswerException {
        if (json.currentToken() == JsonToken.START_OBJECT && json.nextToken() != JsonToken.END_OBJECT) {
            throw new MalformedAnswerException("the model list has an object named models, not a list");
        }
        return json.currentToken() == JsonToken.END_OBJECT
                || (json.currentToken() == JsonToken.VALUE_STRING && json.getStringLength() == 0);
    }

    private static int readModels(JsonParser json, FieldReader fields, List<ListedModel> models)
            throws MalformedAnswerException {
        int lost = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (models.size() == MOST_MODELS) {
                throw new MalformedAnswerException("a page of the model list has more than 10000 models");
            }
            ListedModel model = json.currentToken() == JsonToken.START_OBJECT ? readModel(json, fields) : null;
            if (model == null) {
                json.skipChildren();
                lost++;
            } else {
                models.add(model);
            }
        }
        return lost;
    }

    private static @Nullable ListedModel readModel(JsonParser json, FieldReader fields) {
        String name = null;
        String url = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "modelName" -> name = fields.text();
                case "modelUrl" -> url = fields.text();
                default -> json.skipChildren();
            }
        }
        return name == null ? null : new ListedModel(name, url);
    }
}
