package io.passgate.image;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The order in which somebody reads the codes of a picture: by rows from the top, and a row from the left. */
final class ReadingOrder {
    private ReadingOrder() {}

    /**
     * Where a code is.
     *
     * @param x of its middle, in pixels of the picture
     * @param y of its middle, in pixels of the picture, downwards
     * @param side of it, in pixels of the picture
     */
    record Place(double x, double y, double side) {}

    /** The texts in order. A code whose middle is within the highest one's half side of that one's is in its row. */
    static List<String> of(Map<String, Place> found) {
        List<Map.Entry<String, Place>> left = new ArrayList<>(found.entrySet());
        left.sort(Comparator.comparingDouble(entry -> entry.getValue().y()));
        List<String> order = new ArrayList<>();
        while (!left.isEmpty()) {
            Place first = left.getFirst().getValue();
            List<Map.Entry<String, Place>> row = left.stream()
                    .filter(entry -> entry.getValue().y() - first.y() <= first.side() / 2)
                    .sorted(Comparator.comparingDouble(entry -> entry.getValue().x()))
                    .toList();
            row.forEach(entry -> order.add(entry.getKey()));
            var _ = left.removeAll(row);
        }
        return order;
    }
}
