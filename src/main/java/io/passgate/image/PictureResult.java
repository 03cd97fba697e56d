package io.passgate.image;

import java.util.List;

/** What a picture came to. */
public sealed interface PictureResult {

    /**
     * It was searched to the end.
     *
     * @param texts of the QR codes in it, from top to bottom and in a row from left to right, each once; may be empty
     */
    record Codes(List<String> texts) implements PictureResult {
        /** Copies the texts. */
        public Codes {
            texts = List.copyOf(texts);
        }

        /** How many there are: the texts may be a person's. */
        @Override
        public String toString() {
            return "Codes[" + texts.size() + "]";
        }
    }

    /**
     * It is no picture that is read here.
     *
     * @param why a sentence for whoever sent it, which repeats nothing of it
     */
    record Unreadable(String why) implements PictureResult {}

    /**
     * It is larger than is read here.
     *
     * @param why a sentence for whoever sent it
     */
    record TooLarge(String why) implements PictureResult {}

    /** There was no room or no time for it: whether there is a code in it is not known. */
    record Overloaded() implements PictureResult {}
}
