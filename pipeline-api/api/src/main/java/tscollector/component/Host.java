package tscollector.component;

/** The running system as a component sees it from {@link Component#start} on. Thread-safe. */
public interface Host {
    /**
     * The extension with this id, as the capability the caller needs (for instance {@code Storage}).
     *
     * @throws StartException with a sentence for the user if there is none in {@code service.extensions}, or it cannot do that
     */
    <T> T extension(ComponentId id, Class<T> capability) throws StartException;

    /** Tells how the calling component is doing; repeating the same status is cheap and says nothing new. */
    void report(Status status);
}
