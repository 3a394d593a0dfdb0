import com.amazonaws.services.s3.AmazonS3;
import com.amazonaws.services.s3.model.CreateBucketRequest;
import com.amazonaws.services.s3.model.ownership.ObjectOwnership;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.antmedia.AppSettings;
import io.antmedia.filter.JWTFilter;
import io.antmedia.filter.TokenFilterManager;
import io.antmedia.security.ITokenService;
import io.antmedia.security.MockTokenService;
import io.antmedia.settings.ServerSettings;
import io.antmedia.storage.AmazonS3StorageClient;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.red5.server.stream.StreamService;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.support.ResourcePropertySource;

/** Asks Ant Media Server's own classes; an answer is a line of a name, a tab and what came of it. */
public class Witness {
    public static void main(String[] words) throws Exception {
        switch (words[0]) {
            case "application" -> settings(AppSettings.class, words[1]);
            case "server" -> settings(ServerSettings.class, words[1]);
            case "token" -> answer("valid", JWTFilter.isJWTTokenValid(words[1], words[2]));
            case "record" -> record(words);
            case "bodies" -> bodies(words[1]);
            case "play" -> play(words[1], words[2]);
            case "rtmp" -> rtmp(words[1]);
            default -> throw new IllegalArgumentException(words[0]);
        }
        System.exit(0);
    }

    /** Each field's value as Spring fills it in from a file: by the names that the class itself has. */
    static void settings(Class<?> type, String file) throws Exception {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new ResourcePropertySource(new FileSystemResource(file)));
        for (Field field : type.getDeclaredFields()) {
            Value value = field.getAnnotation(Value.class);
            if (value != null) answer(field.getName(), environment.resolvePlaceholders(value.value()));
        }
    }

    /** Each line's JSON as the REST reads it into settings (the body of a POST), and as it shows them again. */
    static void bodies(String file) throws Exception {
        var mapper = new ObjectMapper();
        int number = 0;
        for (String body : Files.readAllLines(Path.of(file))) {
            String name = String.valueOf(number++);
            try {
                answer(name, mapper.writeValueAsString(mapper.readValue(body, AppSettings.class)));
            } catch (com.fasterxml.jackson.core.JsonProcessingException error) {
                answer(name, "refused");
            }
        }
    }

    /**
     * Each line's path and token, with a tab between them, as the filter of an application with a JSON file's settings answers
     * it. The token service is the Enterprise Edition's, which Maven Central does not have: a signature and its end are judged
     * by AMS's own check, and the claims by Ant Media's guide.
     */
    static void play(String settings, String file) throws Exception {
        var known = new ObjectMapper().readValue(Files.readString(Path.of(settings)), AppSettings.class);
        var tokens = new MockTokenService() {
            @Override
            public boolean checkJwtToken(String token, String stream, String session, String type) {
                String key = known.getJwtStreamSecretKey();
                return JWTFilter.isJWTTokenValid(key, token, "streamId", stream) && JWTFilter.isJWTTokenValid(key, token, "type", type);
            }
        };
        var filter = new TokenFilterManager() {
            @Override
            public AppSettings getAppSettings() { return known; }

            @Override
            public ITokenService getTokenService() { return tokens; }
        };
        int number = 0;
        for (String line : Files.readAllLines(Path.of(file))) {
            String[] words = line.split("\t", -1);
            int[] status = {0};
            filter.doFilter(request(words[0], words[1].isEmpty() ? null : words[1]), response(status), (a, b) -> status[0] = 200);
            answer(String.valueOf(number++), status[0]);
        }
    }

    static HttpServletRequest request(String path, String token) {
        var session = fake(HttpSession.class, (name, words) -> name.equals("getId") ? "session" : null);
        return fake(HttpServletRequest.class, (name, words) -> switch (name) {
            case "getMethod" -> "GET";
            case "getRequestURI" -> path;
            case "getParameter" -> words[0].equals("token") ? token : null;
            case "getSession" -> session;
            case "getRemoteAddr" -> "203.0.113.9";
            default -> null;
        });
    }

    static HttpServletResponse response(int[] status) {
        return fake(HttpServletResponse.class, (name, words) -> {
            if (name.equals("sendError")) status[0] = (Integer) words[0];
            return null;
        });
    }

    interface Answer { Object of(String name, Object[] words); }

    static <T> T fake(Class<T> type, Answer answer) {
        InvocationHandler handler = (self, method, words) -> answer.of(method.getName(), words);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** What AMS takes for the parameters of an RTMP stream's name. */
    static void rtmp(String name) throws Exception {
        var parse = StreamService.class.getDeclaredMethod("parseQueryParameters", String.class);
        parse.setAccessible(true);
        ((Map<?, ?>) parse.invoke(new StreamService(), name)).forEach((key, value) -> answer(String.valueOf(key), value));
    }

    /** record ENDPOINT REGION BUCKET KEY SECRET PERMISSION FILE POLICY...: the recorder's steps under each policy. */
    static void record(String[] words) throws Exception {
        String endpoint = words[1], region = words[2], bucket = words[3];
        AmazonS3 owner = client(endpoint, region, bucket, "owner", "ownerSecret").initAmazonS3();
        owner.createBucket(new CreateBucketRequest(bucket).withObjectOwnership(ObjectOwnership.BucketOwnerPreferred));
        Path recording = Path.of(words[7]);
        for (int index = 8; index < words.length; index++) {
            owner.setBucketPolicy(bucket, Files.readString(Path.of(words[index])));
            var sender = client(endpoint, region, bucket, words[4], words[5]);
            sender.setPermission(words[6]);
            String key = "streams/" + index + ".mp4";
            // The client deletes what it has sent.
            File file = Files.copy(recording, Path.of(words[7] + index)).toFile();
            // As Mp4Muxer finishes a recording: is the name taken, then the upload; TransferManager sends it in parts.
            String said = step(() -> sender.fileExist(key) ? "taken" : step(() -> { sender.save(key, file, true); return "sent"; }));
            boolean there = whole(owner, bucket, key, Files.size(recording));
            answer(words[index], said + " " + (there ? "whole" : "absent"));
            answer("delete " + words[index], step(() -> { sender.delete(key); return "deleted"; }));
        }
    }

    /** The upload goes on behind the recorder's back; one that was refused never comes. */
    static boolean whole(AmazonS3 owner, String bucket, String key, long size) throws Exception {
        for (int look = 0; look < 15; look++) {
            if (owner.doesObjectExist(bucket, key) && owner.getObjectMetadata(bucket, key).getContentLength() == size) return true;
            Thread.sleep(200);
        }
        return false;
    }

    static AmazonS3StorageClient client(String endpoint, String region, String bucket, String key, String secret) {
        var client = new AmazonS3StorageClient();
        client.setEndpoint(endpoint);
        client.setRegion(region);
        client.setStorageName(bucket);
        client.setAccessKey(key);
        client.setSecretKey(secret);
        client.setPathStyleAccessEnabled(true);
        client.setMultipartUploadThreshold(5 << 20);
        client.setEnabled(true);
        return client;
    }

    interface Step { String run() throws Exception; }

    static String step(Step step) {
        try {
            return step.run();
        } catch (Exception error) {
            return error.getClass().getSimpleName() + " " + String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        }
    }

    static void answer(String name, Object value) {
        System.out.println(name + "\t" + value);
    }
}
