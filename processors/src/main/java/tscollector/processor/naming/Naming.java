package tscollector.processor.naming;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import tscollector.signal.ExposedType;

/**
 * Everything that plans are made by: the rules, which never change, and what is remembered of targets beyond one shape.
 *
 * @param limit how many series of a run are sent; {@link NamingPlan.Situation#NO_LIMIT} for all
 * @param checkScope the scope of service checks
 */
record Naming(
        NamingRules rules,
        LabelRules labels,
        NamePatterns patterns,
        int limit,
        InstrumentationScopeInfo checkScope,
        UnlistedNames unlisted,
        Recent<FamilyKey, ExposedType> firstTypes,
        Recent<SeriesKey, RateCell> rateCells,
        CounterStarts counterStarts) {

    /** Families whose first type is remembered, and series whose last value or start is. */
    private static final int REMEMBERED = 100_000;

    /** A family of a target. */
    record FamilyKey(Object target, String family) {}

    /** A series of a target under the name it is sent by. */
    record SeriesKey(Resource resource, String name, Attributes attributes) {}

    static Naming of(
            NamingRules rules,
            LabelRules labels,
            NamePatterns patterns,
            int limit,
            InstrumentationScopeInfo checkScope,
            UnlistedNames unlisted) {
        return new Naming(
                rules,
                labels,
                patterns,
                limit,
                checkScope,
                unlisted,
                new Recent<>(REMEMBERED),
                new Recent<>(REMEMBERED),
                new CounterStarts(REMEMBERED, rules.isStrict()));
    }

    /** The type by which a family is sent as it is declared: the declared one; when strict, the first one of this target. */
    ExposedType nativeType(Resource resource, String family, ExposedType declared) {
        if (!rules.isStrict() || declared == ExposedType.UNTYPED) {
            return declared;
        }
        return firstTypes.get(new FamilyKey(Targets.of(resource), family), () -> declared);
    }

    RateCell rateCell(Resource resource, String name, Attributes attributes) {
        return rateCells.get(new SeriesKey(resource, name, attributes), RateCell::new);
    }
}
