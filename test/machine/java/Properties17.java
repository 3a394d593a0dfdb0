import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * For each NAME.properties of a directory: what java.util.Properties loads from it goes to NAME.loaded, a pair of texts in
 * hexadecimal UTF-16 a line, or the word "malformed"; and what it stores again goes to NAME.stored.
 */
class Properties17 {
  static String hex(String text) {
    StringBuilder made = new StringBuilder("x");
    for (char unit : text.toCharArray()) made.append(String.format("%04x", (int) unit));
    return made.toString();
  }

  public static void main(String[] words) throws Exception {
    try (Stream<Path> files = Files.list(Path.of(words[0]))) {
      for (Path file : (Iterable<Path>) files.filter(each -> each.toString().endsWith(".properties"))::iterator) {
        String base = file.toString().replaceFirst("properties$", "");
        Properties known = new Properties();
        StringBuilder lines = new StringBuilder();
        try (var in = Files.newInputStream(file)) {
          known.load(in);
          for (var each : new TreeMap<Object, Object>(known).entrySet())
            lines.append(hex((String) each.getKey()) + " " + hex((String) each.getValue()) + "\n");
        } catch (IllegalArgumentException error) {
          lines = new StringBuilder("malformed\n");
        }
        Files.writeString(Path.of(base + "loaded"), lines);
        try (var out = Files.newOutputStream(Path.of(base + "stored"))) {
          known.store(out, null);
        }
      }
    }
  }
}
