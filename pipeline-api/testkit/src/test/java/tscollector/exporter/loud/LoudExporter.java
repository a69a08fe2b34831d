package tscollector.exporter.loud;

/** Takes the standard output and the whole process. */
public class LoudExporter {
    public static void shout() {
        System.out.println("!");
        Runtime.getRuntime().halt(1);
    }
}
