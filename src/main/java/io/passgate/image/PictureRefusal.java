package io.passgate.image;

/** Why a picture was not read to its end. It never leaves this package. */
final class PictureRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final transient PictureResult result;

    /** @param result what whoever asked is told */
    PictureRefusal(PictureResult result) {
        super(null, null, false, false);
        this.result = result;
    }

    static PictureRefusal unreadable(String why) {
        return new PictureRefusal(new PictureResult.Unreadable(why));
    }

    static PictureRefusal tooLarge(String why) {
        return new PictureRefusal(new PictureResult.TooLarge(why));
    }

    PictureResult result() {
        return result;
    }
}
