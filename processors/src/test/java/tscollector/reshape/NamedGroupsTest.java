package tscollector.reshape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;

class NamedGroupsTest {
    @Test
    void readsBothSpellingsAndUnderscores() {
        NamedGroups groups = NamedGroups.compile("(?P<http_route>/[^?]*)\\?(?<q>.*)");

        Matcher matcher = groups.pattern().matcher("/a/b?c=d");

        assertThat(groups.names()).containsExactly("http_route", "q");
        assertThat(matcher.find()).isTrue();
        assertThat(NamedGroups.group(matcher, 0)).isEqualTo("/a/b");
        assertThat(NamedGroups.group(matcher, 1)).isEqualTo("c=d");
    }

    @Test
    void takesNothingElseForAGroup() {
        NamedGroups groups = NamedGroups.compile("(?<=a)(?<!b)\\(?<x>\\Q(?<y>\\E(?P<real>c)");

        assertThat(groups.names()).containsExactly("real");
    }

    @Test
    void aGroupThatTookNoPartIsEmpty() {
        NamedGroups groups = NamedGroups.compile("(?P<a>x)|(?P<b>y)");

        Matcher matcher = groups.pattern().matcher("y");

        assertThat(matcher.find()).isTrue();
        assertThat(NamedGroups.group(matcher, 0)).isEmpty();
    }
}
