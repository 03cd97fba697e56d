package io.passgate.issuance;

import io.passgate.format.hcert.Subject;
import io.passgate.issuance.IssuanceRequest.Picture;
import java.util.Optional;

/**
 * What is asked for.
 *
 * @param <R> what it comes to where nothing stands against it
 */
public sealed interface RequestKind<R> {

    /**
     * Has what is asked for made.
     *
     * @param maker of this kind and the others
     * @return what became of it
     */
    IssuanceResult<R> by(Maker maker);

    /** Makes what is asked for, each kind in its own way. */
    interface Maker {
        /**
         * {@return what became of a pass}
         *
         * @param asked what is asked for
         */
        IssuanceResult<IssuanceResult.Passed> make(Pass asked);

        /**
         * {@return what became of wallet certificates}
         *
         * @param asked what is asked for
         */
        IssuanceResult<IssuanceResult.Certified> make(Certificates asked);

        /**
         * {@return what became of a registration}
         *
         * @param asked what is asked for
         */
        IssuanceResult<IssuanceResult.Proven> make(Registration asked);
    }

    /**
     * An entry pass.
     *
     * @param picture of its QR code, where one is wanted besides the text
     */
    record Pass(Optional<Picture> picture) implements RequestKind<IssuanceResult.Passed> {
        @Override
        public IssuanceResult<IssuanceResult.Passed> by(Maker maker) {
            return maker.make(this);
        }
    }

    /**
     * A wallet certificate of each record.
     *
     * @param subject the name and birth date that they are for; never kept
     */
    record Certificates(Subject subject) implements RequestKind<IssuanceResult.Certified> {
        @Override
        public IssuanceResult<IssuanceResult.Certified> by(Maker maker) {
            return maker.make(this);
        }
    }

    /** That the key of the proof becomes the one of the consent. */
    record Registration() implements RequestKind<IssuanceResult.Proven> {
        @Override
        public IssuanceResult<IssuanceResult.Proven> by(Maker maker) {
            return maker.make(this);
        }
    }
}
