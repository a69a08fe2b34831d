package tscollector.testkit.rules;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.NullMarked;
import tscollector.component.Factory;
import tscollector.config.Config;
import tscollector.config.Setting;

/** What the rules ask of classes. */
final class Conditions {
    private static final Set<String> THREADS = Set.of(
            "java.lang.Thread",
            "java.util.Timer",
            "java.util.concurrent.ThreadPoolExecutor",
            "java.util.concurrent.ScheduledThreadPoolExecutor",
            "java.util.concurrent.ForkJoinPool");
    private static final Set<String> CALLS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Thread.sleep",
            "java.util.concurrent.ForkJoinPool.commonPool");

    private Conditions() {}

    /** Reads a clock of the JDK, sleeps, or makes a thread. */
    static ArchCondition<JavaClass> useTheJdksTimeOrThreads() {
        return access("use the JDK's clock or threads", Conditions::isTimeOrThread);
    }

    /** Ends the process or writes to its standard output. */
    static ArchCondition<JavaClass> useTheProcess() {
        return access("end the process or use System.out", target -> {
            String name = target.getOwner().getName() + "." + target.getName();
            return name.equals("java.lang.System.exit")
                    || name.equals("java.lang.System.out")
                    || name.equals("java.lang.Runtime.exit")
                    || name.equals("java.lang.Runtime.halt");
        });
    }

    static ArchCondition<JavaClass> beAFactoryOrSettings() {
        return each("be a factory, settings or an enum among them", (javaClass, events) -> {
            boolean isFactory = javaClass.isAssignableTo(Factory.class)
                    && javaClass.getSimpleName().endsWith("Factory");
            if (!isFactory && !javaClass.isAssignableTo(Config.class) && !javaClass.isEnum()) {
                violate(events, javaClass, "is public");
            }
        });
    }

    static ArchCondition<JavaClass> beRecordsOfSettings() {
        return each("be records whose components all carry @Setting", (javaClass, events) -> {
            if (!javaClass.isRecord()) {
                violate(events, javaClass, "is no record");
                return;
            }
            for (RecordComponent component : javaClass.reflect().getRecordComponents()) {
                if (!component.isAnnotationPresent(Setting.class)) {
                    violate(events, javaClass, "has " + component.getName() + " without @Setting");
                }
            }
        });
    }

    static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return each("be in a package whose package-info is @NullMarked", (javaClass, events) -> {
            if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
                violate(events, javaClass, "is in " + javaClass.getPackageName() + ", which is not @NullMarked");
            }
        });
    }

    private static boolean isTimeOrThread(AccessTarget target) {
        String owner = target.getOwner().getName();
        boolean reads = owner.startsWith("java.time.") && target.getName().equals("now");
        boolean makes = target.getName().equals("<init>")
                && (THREADS.contains(owner)
                        || owner.equals("java.util.Date")
                        || target.getOwner().isAssignableTo(Thread.class));
        return reads
                || makes
                || owner.equals("java.util.concurrent.Executors")
                || (owner.equals("java.time.Clock") && target.getName().startsWith("system"))
                || CALLS.contains(owner + "." + target.getName());
    }

    /** As the condition of {@code noClasses()}: an access is an event that satisfies it. */
    private static ArchCondition<JavaClass> access(String description, Predicate<AccessTarget> forbidden) {
        return each(description, (javaClass, events) -> {
            for (JavaAccess<?> access : javaClass.getAccessesFromSelf()) {
                if (forbidden.test(access.getTarget())) {
                    events.add(SimpleConditionEvent.satisfied(javaClass, access.getDescription()));
                }
            }
        });
    }

    private static void violate(ConditionEvents events, JavaClass javaClass, String what) {
        events.add(SimpleConditionEvent.violated(javaClass, javaClass.getName() + " " + what));
    }

    private static ArchCondition<JavaClass> each(String description, BiConsumer<JavaClass, ConditionEvents> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass javaClass, ConditionEvents events) {
                check.accept(javaClass, events);
            }
        };
    }
}
