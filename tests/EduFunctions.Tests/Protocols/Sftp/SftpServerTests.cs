using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.Sftp;

/// <summary>Servers as receivers have them: their keys, their algorithms, what they ask of a user, and what they answer to a file.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class SftpServerTests : IDisposable
{
    private static readonly SftpDelivery Sftp = new(new CallLimits(), TimeProvider.System);

    private readonly FeedFiles _files = new();
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(100_000);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-keys-");

    public SftpServerTests() => _files.Create("asm.zip").Write(_content);

    public void Dispose()
    {
        _files.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Of_several_host_keys_any_may_be_the_pinned_one(int pinned)
    {
        await using var server = await OpenSshServer.StartAsync(new OpenSshOptions { HostKeys = ["ed25519", "ecdsa", "rsa"] });

        var result = await SendAsync(Settings(server) with { HostKeys = [server.HostKeyFingerprints[pinned]] });

        Assert.Equal(ReceiptState.Sent, result.State);
        Assert.Equal(_content, await File.ReadAllBytesAsync(Path.Combine(server.Root, "asm.zip")));
    }

    [Fact]
    public async Task Of_several_strange_host_keys_all_are_named()
    {
        await using var server = await OpenSshServer.StartAsync(new OpenSshOptions { HostKeys = ["ed25519", "ecdsa", "rsa"] });

        var refusal = await RefusedAsync(Settings(server) with { HostKeys = ["SHA256:another"] });

        Assert.All(server.HostKeyFingerprints, fingerprint => Assert.Contains(fingerprint, refusal));
    }

    [Theory]
    [InlineData("KexAlgorithms diffie-hellman-group1-sha1,diffie-hellman-group14-sha1")]
    [InlineData("Ciphers 3des-cbc,aes256-cbc")]
    [InlineData("MACs hmac-sha1,hmac-md5", "Ciphers aes256-ctr")]
    [InlineData("HostKeyAlgorithms ssh-rsa")]
    public async Task A_server_with_nothing_but_weak_algorithms_gets_nothing(params string[] lines)
    {
        await using var server = await OpenSshServer.StartAsync(new OpenSshOptions { HostKeys = ["rsa"], Lines = lines });

        var refusal = await RefusedAsync(Settings(server));

        Assert.Contains("offers nothing that counts as safe any more", refusal);
        Assert.Empty(Directory.GetFiles(server.Root));
    }

    [Fact]
    public async Task A_pinned_host_key_that_is_short_is_refused_all_the_same()
    {
        await using var server = await OpenSshServer.StartAsync(new OpenSshOptions { HostKeys = ["rsa:1024"], Lines = ["RequiredRSASize 1024"] });

        Assert.Contains("has 1024 bits", await RefusedAsync(Settings(server)));
    }

    [Fact]
    public async Task A_password_that_is_asked_for_in_a_dialog_is_given()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Dialog = ["Password: "] });

        Assert.Equal(ReceiptState.Sent, (await SendAsync(Settings(dropBox))).State);
        Assert.Contains(dropBox.Events, happened => happened is { Event: "login", Method: "keyboard-interactive", Accepted: true });
    }

    [Fact]
    public async Task A_dialog_that_asks_for_more_is_named()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Dialog = ["Password: ", "Code: "] });

        Assert.Contains("asks for more than a password, such as a code", await RefusedAsync(Settings(dropBox)));
    }

    [Fact]
    public async Task A_key_and_then_a_password_open_the_door_together()
    {
        var key = await SshKey.MakeAsync(Path.Combine(_folder.FullName, "key"));
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { NeedsKeyAndPassword = true, AuthorizedKey = key.PublicKey });
        var both = Settings(dropBox) with { PrivateKey = new Secret("key", key.PrivateKey) };

        Assert.Equal(ReceiptState.Sent, (await SendAsync(both)).State);
        Assert.Contains("lets users in by private key, and delivery has password alone", await RefusedAsync(Settings(dropBox)));
        Assert.Contains("wants more, namely password, and delivery has private key alone", await RefusedAsync(both with { Password = null }));
    }

    [Fact]
    public async Task What_is_refused_is_told_by_what_was_offered()
    {
        var key = await SshKey.MakeAsync(Path.Combine(_folder.FullName, "key"));
        await using var expired = await DropBox.StartAsync(new DropBoxOptions { PasswordExpired = true });
        await using var dialog = await DropBox.StartAsync(new DropBoxOptions { Dialog = ["Password: "] });

        Assert.Contains("the password has expired", await RefusedAsync(Settings(expired)));
        Assert.Contains("it refused the password. Check delivery.username and the secret \"password\"", await RefusedAsync(Settings(dialog) with { Password = new Secret("password", "wrong") }));
        Assert.Contains("lets users in by password, and delivery has private key alone", await RefusedAsync(Settings(dialog) with { Password = null, PrivateKey = new Secret("key", key.PrivateKey) }));
    }

    [Theory]
    [InlineData(null, "right", "wrong")]
    [InlineData("PEM", "right", "wrong")]
    [InlineData("PKCS8", "right", "wrong")]
    [InlineData(null, "right", null)]
    [InlineData("PEM", "right", null)]
    [InlineData("PKCS8", "right", null)]
    public async Task A_key_that_cannot_be_opened_is_a_check_that_failed_and_nothing_worse(string? format, string passphrase, string? given)
    {
        var key = await SshKey.MakeAsync(Path.Combine(_folder.FullName, "key"), "rsa", passphrase, format);
        var settings = Locked(key, given);

        var checks = new List<ConnectionCheck>();
        await foreach (var check in Sftp.TestAsync(settings, CancellationToken.None))
        {
            checks.Add(check);
        }

        Assert.Contains(given is null ? "passphrase" : "\"passphrase\" is its passphrase", Assert.Single(checks).Problem);
        using var opened = new SftpLogin(Locked(key, passphrase));
        Assert.Single(opened.Methods);
    }

    [Fact]
    public async Task A_box_that_takes_the_file_before_it_is_closed_has_it()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { CloseStatus = "NO_SUCH_FILE" });
        var progress = new DeliveryProgress([], _ => Task.CompletedTask);

        var result = await SendAsync(Settings(dropBox), progress);

        Assert.Equal(ReceiptState.Sent, result.State);
        Assert.NotNull(progress.Find("asm.zip"));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_content)), Assert.Single(dropBox.Received).Sha256);
    }

    [Theory]
    [InlineData("FAILURE")]
    [InlineData("PERMISSION_DENIED")]
    public async Task A_file_that_lies_there_and_may_not_be_replaced_is_named(string status)
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { OverwriteStatus = status, Files = ["/dropbox/asm.zip"] });
        var progress = new DeliveryProgress([], _ => Task.CompletedTask);

        Assert.Contains("lies on", await RefusedAsync(Settings(dropBox), progress));
        Assert.Null(progress.Find("asm.zip"));
    }

    [Fact]
    public async Task A_server_that_tells_no_paths_is_not_blamed_on_the_login()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { TellsPaths = false });

        var refusal = await RefusedAsync(Settings(dropBox));

        Assert.Contains("let user", refusal);
        Assert.Contains("REALPATH", refusal);
    }

    private Task<DeliveryResult> SendAsync(SftpSettings settings, DeliveryProgress? progress = null) => Sftp.SendAsync(
        _files, new FeedSetup { Name = "apple", Type = "appleSchoolManager", Delivery = settings }, progress ?? new DeliveryProgress([], _ => Task.CompletedTask),
        CancellationToken.None);

    private async Task<string> RefusedAsync(SftpSettings settings, DeliveryProgress? progress = null) =>
        (await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(settings, progress))).Message;

    private static SftpSettings Settings(OpenSshServer server) => new()
    {
        Type = "sftp",
        Host = "127.0.0.1",
        Port = server.Port,
        Username = server.Username,
        PrivateKey = new Secret("key", server.PrivateKey),
        HostKeys = [server.HostKeyFingerprint],
    };

    private static SftpSettings Settings(DropBox dropBox) => new()
    {
        Type = "sftp",
        Host = "127.0.0.1",
        Port = dropBox.Port,
        Username = new DropBoxOptions().Username,
        Password = new Secret("password", "drop-box-password"),
        HostKeys = dropBox.HostKeyFingerprints,
        Directory = "dropbox",
    };

    private static SftpSettings Locked(SshKey key, string? passphrase) => new()
    {
        Type = "sftp",
        Host = "127.0.0.1",
        Username = "anybody",
        PrivateKey = new Secret("key", key.PrivateKey),
        Passphrase = passphrase is null ? null : new Secret("passphrase", passphrase),
        HostKeys = ["SHA256:any"],
    };
}
