package io.passgate.runbook;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;

/** A chapter in Markdown as a page of its own. */
final class ChapterPage {
    private static final List<Extension> TABLES = List.of(TablesExtension.create());

    private static final String FRAME = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>Operations of Passgate: the chapter</title>
              <link rel="icon" href="{{files}}/icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="{{files}}/chapter.css">
            </head>
            <body>
            <header><a href="/">This gateway now</a> · <a href="/" lang="ko">지금 이 게이트웨이</a></header>
            <main>
            %s</main>
            </body>
            </html>
            """;

    private ChapterPage() {}

    /** The page. Its headings have the ids that GitHub gives them, so that a link to one works here and there. */
    static String of(String markdown) {
        Node chapter = Parser.builder().extensions(TABLES).build().parse(markdown);
        chapter.accept(new LinksElsewhere());
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(TABLES)
                .escapeHtml(true)
                .attributeProviderFactory(_ -> new Anchors())
                .build();
        return FRAME.formatted(renderer.render(chapter));
    }

    /** Gives each heading its id. */
    private static final class Anchors implements AttributeProvider {
        private final Map<String, Integer> seen = new HashMap<>();

        @Override
        public void setAttributes(Node node, String tag, Map<String, String> attributes) {
            if (node instanceof Heading) {
                String anchor = anchor(words(node));
                int before = seen.merge(anchor, 1, Integer::sum) - 1;
                var _ = attributes.put("id", before == 0 ? anchor : anchor + "-" + before);
            }
        }
    }

    /** Letters, digits, hyphens and low lines stay, in lower case; a blank becomes a hyphen. */
    private static String anchor(String heading) {
        return heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    private static String words(Node node) {
        StringBuilder words = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString();
    }

    /** A link to what is not served beside the chapter becomes its words and the name of the file. */
    private static final class LinksElsewhere extends AbstractVisitor {
        @Override
        public void visit(Link link) {
            String to = link.getDestination();
            if (to.startsWith("#")) {
                return;
            }
            String file = to.contains("://") ? to : to.replaceFirst("#.*", "").replaceFirst(".*/", "");
            boolean isNamed = words(link).contains(file);
            for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                link.insertBefore(child);
            }
            if (!isNamed) {
                link.insertBefore(new Text(" (" + file + ")"));
            }
            link.unlink();
        }
    }
}
