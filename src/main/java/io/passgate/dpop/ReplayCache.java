package io.passgate.dpop;

import java.util.BitSet;
import java.util.List;

/** Where the ids of device proofs are kept for as long as a proof could be shown again. For threads that may wait. */
public interface ReplayCache {

    /**
     * Which ids had not been used.
     *
     * @param first bit n is set for the id number n
     * @param isShared whether every gateway was asked; otherwise only this one knows
     */
    record Used(BitSet first, boolean isShared) {
        /** Copies the bits. */
        public Used {
            first = (BitSet) first.clone();
        }

        /**
         * {@return whether an id had not been used}
         *
         * @param index its number in the list that was asked
         */
        public boolean isFirst(int index) {
            return first.get(index);
        }
    }

    /**
     * Uses up ids.
     *
     * @param ids of valid proofs; of two that are alike the first is used
     * @return which had not been used
     */
    Used use(List<ProofId> ids);
}
