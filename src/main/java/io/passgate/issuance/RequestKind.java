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

    /** Has what is asked for made. */
    IssuanceResult<R> by(Maker maker);

    /** Makes what is asked for, each kind in its own way. */
    interface Maker {
        IssuanceResult<IssuanceResult.Passed> make(Pass asked);

        IssuanceResult<IssuanceResult.Certified> make(Certificates asked);

        IssuanceResult<IssuanceResult.Proven> make(Registration asked);
    }

    /** An entry pass, and where {@code picture} is set a picture of it. */
    record Pass(Optional<Picture> picture) implements RequestKind<IssuanceResult.Passed> {
        @Override
        public IssuanceResult<IssuanceResult.Passed> by(Maker maker) {
            return maker.make(this);
        }
    }

    /** A wallet certificate of each record, in this name. */
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
