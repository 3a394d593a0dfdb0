import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/**
 * A real Tomcat with the layout of Ant Media Server: a root application with the panel's page and the server's REST, and
 * an application with a REST of its own. Each answer says what was asked. Arguments: base directory, pattern of the
 * balancers' addresses, then the addresses to listen at. Port 5080 has the upgrade to HTTP/2 that AMS ships with, 5081
 * has not, and 5082 has AMS's address filter on the whole root application (root web.xml, IPFilterDashboard).
 */
public final class Node {
    private static final AtomicInteger SERVER = new AtomicInteger();

    private static final class Says extends HttpServlet {
        private final String what;

        Says(String what) {
            this.what = what;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
            String said = what;
            if (what.equals("root")) said = path.equals("/") || path.equals("/index.html") ? "panel" : "nothing";
            boolean guarded = said.equals("panel") || said.equals("server-rest");
            if (guarded && !request.getRequestURI().equals("/rest/v2/liveness")) SERVER.incrementAndGet();
            request.getInputStream().readAllBytes();
            response.setHeader("X-Node", request.getLocalAddr());
            response.setHeader("X-Tomcat", said);
            response.setHeader("X-Client", request.getRemoteAddr());
            response.setContentType("text/plain");
            response.getWriter().print(path.equals("/served") ? "served " + SERVER.get() : said);
        }
    }

    private static final class Filter extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            boolean passes = request.getLocalPort() != 5082 || request.getRemoteAddr().equals("127.0.0.1");
            if (passes) chain.doFilter(request, response);
            else response.sendError(403, "Not allowed IP");
        }
    }

    private static void servlet(Context context, String name, String pattern, String what) {
        Wrapper wrapper = Tomcat.addServlet(context, name, new Says(what));
        context.addServletMappingDecoded(pattern, name);
        wrapper.setLoadOnStartup(1);
    }

    public static void main(String[] words) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(words[0]);
        RemoteIpValve valve = new RemoteIpValve();
        valve.setInternalProxies(words[1]);
        tomcat.getEngine().getPipeline().addValve(valve);
        for (int index = 2; index < words.length; index++) {
            for (int port = 5080; port <= 5082; port++) {
                Connector connector = new Connector();
                connector.setProperty("address", words[index]);
                connector.setPort(port);
                if (port == 5080) connector.addUpgradeProtocol(new Http2Protocol());
                tomcat.getService().addConnector(connector);
            }
        }
        Context root = tomcat.addContext("", new File(words[0]).getAbsolutePath());
        FilterDef filter = new FilterDef();
        filter.setFilterName("addresses");
        filter.setFilter(new Filter());
        root.addFilterDef(filter);
        FilterMap map = new FilterMap();
        map.setFilterName("addresses");
        map.addURLPattern("/*");
        root.addFilterMap(map);
        servlet(root, "page", "/", "root");
        servlet(root, "rest", "/rest/*", "server-rest");
        Context live = tomcat.addContext("/live", new File(words[0]).getAbsolutePath());
        servlet(live, "page", "/", "application");
        servlet(live, "rest", "/rest/*", "application-rest");
        tomcat.start();
        System.out.println("Tomcat serves");
        tomcat.getServer().await();
    }
}
