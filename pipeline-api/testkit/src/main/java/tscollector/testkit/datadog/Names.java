package tscollector.testkit.datadog;

import java.util.List;

/** What metrics and tags may be called without being changed or dropped by Datadog. */
final class Names {
    private static final int LONGEST = 200;

    private Names() {}

    static void metric(String name) throws Refusal {
        Refusal.unless(name.matches("[A-Za-z][A-Za-z0-9_.]*"), "the metric name \"" + name + "\" is not legal");
        Refusal.unless(name.length() <= LONGEST, "the metric name \"" + name + "\" is too long");
    }

    /** Characters are not looked at: tags may be any Unicode, and Datadog changes what it does not like without loss. */
    static void tags(List<String> tags, String owner) throws Refusal {
        for (String tag : tags) {
            Refusal.unless(
                    tag.codePointCount(0, tag.length()) <= LONGEST, owner + " has a tag that is too long: " + tag);
        }
        Refusal.unless(tags.stream().distinct().count() == tags.size(), owner + " has a tag twice: " + tags);
    }
}
