using System.Net;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Https;
using EduFunctions.Pipeline.Protocols.Tls;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protocols.Https;

[Trait(Level.Name, Level.Tools)]
public sealed class HttpsDeliveryTests
{
    private const int Large = 16 << 20;

    private static readonly HttpsDelivery Https = new(Registered.Services.GetRequiredService<CertifiedConnections>(), TimeProvider.System);

    private readonly List<FileProgress> _kept = [];

    [Fact]
    public async Task Every_file_is_put_to_an_address_of_its_own()
    {
        await using var receiver = await PutReceiver.StartAsync();

        var result = await SendAsync(receiver, "a b.zip", "users.csv");

        Assert.Equal(ReceiptState.Sent, result.State);
        Assert.Equal(["PUT /upload/a b.zip application/zip", "PUT /upload/users.csv text/csv"], receiver.Calls);
        Assert.Equal("users.csv"u8.ToArray(), receiver.Files["users.csv"]);
        Assert.Equal(2, _kept.Count);
    }

    [Fact]
    public async Task The_file_s_name_goes_where_the_address_wants_it()
    {
        await using var receiver = await PutReceiver.StartAsync();

        await SendAsync(Settings($"{receiver.Address}in/{{file}}/content"), "a.zip");

        Assert.Equal("in/a.zip/content", Assert.Single(receiver.Files).Key);
    }

    [Theory]
    [InlineData(404, "answered 404")]
    [InlineData(403, "\"receiver-token\"")]
    [InlineData(413, "too large")]
    [InlineData(302, "elsewhere")]
    public async Task A_refusal_says_what_to_check_and_leaves_nothing_behind(int status, string sentence)
    {
        await using var receiver = await PutReceiver.StartAsync();
        receiver.Answering.Enqueue(status);

        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(receiver, "a.zip"));

        Assert.Contains(sentence, refusal.Message);
        Assert.DoesNotContain(PutReceiver.Token, refusal.Message);
        Assert.Empty(_kept);
        Assert.Single(receiver.Calls);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task What_may_pass_is_tried_again_with_the_file_on_record(int status)
    {
        await using var receiver = await PutReceiver.StartAsync();
        receiver.Answering.Enqueue(status);

        await Assert.ThrowsAsync<IOException>(() => SendAsync(receiver, "a.zip"));

        Assert.Equal(ReceiptState.Sent, Assert.Single(_kept).State);
        Assert.Equal(ReceiptState.Sent, (await SendAsync(receiver, "a.zip")).State);
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_named()
    {
        var receiver = await PutReceiver.StartAsync();
        var settings = Settings(receiver.Address);
        await receiver.DisposeAsync();

        var error = await Assert.ThrowsAsync<IOException>(() => SendAsync(settings, "a.zip"));

        Assert.Contains("delivery.url", error.Message);
    }

    [Fact]
    public async Task A_connection_is_tried_without_a_file()
    {
        await using var receiver = await PutReceiver.StartAsync();
        var settings = Settings(receiver.Address);
        var wrong = settings with { Headers = new Dictionary<string, Secret> { ["Authorization"] = new("receiver-token", "Bearer nobody") } };

        Assert.Null((await CheckAsync(settings)).Problem);
        Assert.Contains("receiver-token", (await CheckAsync(wrong)).Problem);
        Assert.Empty(receiver.Files);
    }

    [Fact]
    public async Task A_receiver_with_a_root_of_its_own_is_trusted_by_that_root_alone()
    {
        await using var receiver = await PutReceiver.StartAsync();
        var (authority, stranger) = (new TestAuthority("Nordhamn"), new TestAuthority("Elsewhere"));
        using var loopback = authority.IssueServer();
        await using var front = TlsFront.Start(loopback, clients: null, new Uri(receiver.Address));
        var settings = Settings($"{front.Address}/upload");
        HttpsSettings Trusting(TestAuthority root) => settings with { TrustedRoots = new("receiver-roots", root.RootPem) };

        await Assert.ThrowsAsync<IOException>(() => SendAsync(settings, "a.zip"));
        await Assert.ThrowsAsync<IOException>(() => SendAsync(Trusting(stranger), "a.zip"));
        var tried = await CheckAsync(Trusting(authority));
        var sent = await SendAsync(Trusting(authority), "a.zip");

        Assert.Null(tried.Problem);
        Assert.Equal(ReceiptState.Sent, sent.State);
        Assert.Equal("a.zip", Assert.Single(receiver.Files).Key);
    }

    [Theory]
    [InlineData("expired", "its certificate has expired")]
    [InlineData("of another name", "its certificate is for another name")]
    [InlineData("of a stranger", "an issuer that is not trusted; trustedRoots")]
    [InlineData("none", "it speaks no TLS there")]
    public async Task What_is_wrong_with_a_certificate_is_told(string certificate, string sentence)
    {
        await using var receiver = await PutReceiver.StartAsync();
        var (authority, stranger) = (new TestAuthority("Nordhamn"), new TestAuthority("Elsewhere"));
        using var shown = authority.IssueServer(
            certificate == "of another name" ? IPAddress.Parse("192.0.2.1") : null, certificate == "expired" ? DateTimeOffset.UtcNow.AddHours(-1) : null);
        await using var front = TlsFront.Start(shown, clients: null, new Uri(receiver.Address));
        var address = certificate == "none" ? receiver.Address.Replace("http:", "https:", StringComparison.Ordinal) : $"{front.Address}/upload";
        var trusted = new Secret("receiver-roots", (certificate == "of a stranger" ? stranger : authority).RootPem);

        var error = await Assert.ThrowsAsync<IOException>(() => SendAsync(Settings(address) with { TrustedRoots = trusted }, "a.zip"));

        Assert.Contains(sentence, error.Message);
        Assert.Empty(receiver.Calls);
    }

    /// <summary>Who would send first would find the connection closed, and never read why.</summary>
    [Theory]
    [InlineData(413, "too large (413)")]
    [InlineData(403, "\"receiver-token\"")]
    public async Task A_large_file_that_is_refused_before_it_is_read_is_refused_as_what_it_is(int status, string sentence)
    {
        await using var hasty = HastyReceiver.Start(status);

        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendLargeAsync(hasty.Address));

        Assert.Contains(sentence, refusal.Message);
        Assert.Equal(1, hasty.Calls);
    }

    [Fact]
    public async Task A_receiver_that_is_not_to_be_asked_gets_a_large_file_all_the_same()
    {
        await using var receiver = await PutReceiver.StartAsync();
        receiver.Answering.Enqueue(417);

        var result = await SendLargeAsync(receiver.Address);

        Assert.Equal(ReceiptState.Sent, result.State);
        Assert.Equal(Large, receiver.Files["asm.zip"].Length);
    }

    [Theory]
    [InlineData("""{"url": "http://127.0.0.1/", "trustedRoots": {"secret": "test-dropbox"}}""", "url")]
    [InlineData("""{"url": "https://receiver.example/", "trustedRoots": {"secret": "test-dropbox"}}""", "trustedRoots")]
    [InlineData("""{"url": "http://receiver.example/"}""", "url")]
    [InlineData("""{"url": "https://receiver.example/?key=1"}""", "url")]
    [InlineData("""{"url": "https://receiver.example/", "headers": {"Host": {"secret": "test-dropbox"}}}""", "headers.Host")]
    [InlineData("""{"url": "https://receiver.example/", "headers": {"a b": {"secret": "test-dropbox"}}}""", "headers.a b")]
    public async Task What_cannot_be_sent_to_is_named_by_its_path(string settings, string key)
    {
        var delivery = JsonNode.Parse(settings)!.AsObject();
        delivery["type"] = "https";
        var tenant = PaperNight.Tenant();
        tenant["feeds"]![0]!["delivery"] = delivery;

        var errors = await PaperNight.TenantErrorsAsync(tenant);

        Assert.Contains(errors, error => error.ToString().Contains($"delivery.{key}", StringComparison.Ordinal));
    }

    private Task<DeliveryResult> SendAsync(PutReceiver receiver, params string[] names) => SendAsync(Settings(receiver.Address), names);

    private async Task<DeliveryResult> SendAsync(HttpsSettings settings, params string[] names)
    {
        using var files = new FeedFiles();
        foreach (var name in names)
        {
            files.Create(name).Write(System.Text.Encoding.UTF8.GetBytes(name));
        }

        return await SendAsync(settings, files);
    }

    private async Task<DeliveryResult> SendLargeAsync(string address)
    {
        using var files = new FeedFiles();
        files.Create("asm.zip").Write(new byte[Large]);
        return await SendAsync(Settings(address), files);
    }

    private async Task<DeliveryResult> SendAsync(HttpsSettings settings, FeedFiles files)
    {
        var progress = new DeliveryProgress(_kept, made =>
        {
            var now = made.ToList();
            _kept.Clear();
            _kept.AddRange(now);
            return Task.CompletedTask;
        });
        return await Https.SendAsync(files, new FeedSetup { Name = "sds", Type = "schoolDataSync", Delivery = settings }, progress, CancellationToken.None);
    }

    private static async Task<ConnectionCheck> CheckAsync(HttpsSettings settings)
    {
        var checks = new List<ConnectionCheck>();
        await foreach (var check in Https.TestAsync(settings, CancellationToken.None))
        {
            checks.Add(check);
        }

        return Assert.Single(checks);
    }

    private static HttpsSettings Settings(string url) => new()
    {
        Type = "https",
        Url = url,
        Headers = new Dictionary<string, Secret> { ["Authorization"] = new("receiver-token", PutReceiver.Token) },
    };
}
