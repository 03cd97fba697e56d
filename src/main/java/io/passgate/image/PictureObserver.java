package io.passgate.image;

/** Hears what becomes of pictures. On the thread {@code passgate-image}, or on that of whoever asked. */
public interface PictureObserver {
    /** Hears nothing. */
    PictureObserver NONE = new PictureObserver() {
        @Override
        public void read(PictureResult result, long tookNs) {}

        @Override
        public void refused(PictureResult result) {}

        @Override
        public void failed(Throwable fault) {}
    };

    /**
     * A picture was worked on.
     *
     * @param result what it came to
     * @param tookNs how long, in ns, without its wait
     */
    void read(PictureResult result, long tookNs);

    /**
     * A picture was answered without any work on it.
     *
     * @param result why
     */
    void refused(PictureResult result);

    /**
     * Work on a picture ended in a fault of ours.
     *
     * @param fault whose message may quote the picture
     */
    void failed(Throwable fault);
}
