using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.Sftp;

[Trait(Level.Name, Level.Tools)]
public sealed class SftpDeliveryTests
{
    private static readonly SftpDelivery Sftp = new(new CallLimits(), TimeProvider.System);

    [Fact]
    public async Task A_real_OpenSSH_server_takes_a_file_with_a_private_key()
    {
        await using var server = await OpenSshServer.StartAsync();
        Directory.CreateDirectory(Path.Combine(server.Root, "in"));
        using var files = Files(out var content);

        var result = await SendAsync(files, Settings(server, "in"));

        Assert.Equal(ReceiptState.Sent, result.State);
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(server.Root, "in", "asm.zip")));
    }

    [Fact]
    public async Task A_real_OpenSSH_server_with_another_host_key_gets_nothing()
    {
        await using var server = await OpenSshServer.StartAsync();
        using var files = Files(out _);
        var settings = Settings(server, "") with { HostKeys = ["SHA256:another"] };

        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(files, settings));

        Assert.Contains(server.HostKeyFingerprint, refusal.Message);
        Assert.Empty(Directory.GetFiles(server.Root));
    }

    [Fact]
    public async Task A_missing_folder_on_a_real_OpenSSH_server_is_named()
    {
        await using var server = await OpenSshServer.StartAsync();
        using var files = Files(out _);

        var refusal = await Assert.ThrowsAsync<DeliveryRefusedException>(
            () => SendAsync(files, Settings(server, "missing")));

        Assert.Contains("\"missing\"", refusal.Message);
    }

    [Fact]
    public async Task A_drop_box_that_takes_the_file_at_once_is_asked_for_nothing_more()
    {
        await using var dropBox = await DropBox.StartAsync();
        using var files = Files(out var content);

        await SendAsync(files, Settings(dropBox));

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), Assert.Single(dropBox.Received).Sha256);
        Assert.DoesNotContain(dropBox.Events, happened => happened.Event == "refused");
    }

    [Fact]
    public async Task A_server_that_hangs_up_is_an_error_that_a_retry_may_cure()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { HangUpAfterBytes = 50_000 });
        using var files = Files(out _);

        var error = await Record.ExceptionAsync(() => SendAsync(files, Settings(dropBox)));

        Assert.NotNull(error);
        Assert.IsNotType<DeliveryRefusedException>(error);
    }

    [Fact]
    public async Task Secrets_do_not_show_in_what_is_printed()
    {
        await using var dropBox = await DropBox.StartAsync();
        var settings = Settings(dropBox);

        Assert.DoesNotContain("drop-box-password", settings.ToString() + Sftp.Target(settings));
    }

    private static Task<DeliveryResult> SendAsync(FeedFiles files, SftpSettings settings) => Sftp.SendAsync(
        files,
        new FeedSetup { Name = "apple", Type = "appleSchoolManager", Delivery = settings },
        new DeliveryProgress([], _ => Task.CompletedTask),
        CancellationToken.None);

    private static FeedFiles Files(out byte[] content)
    {
        content = new byte[300_000];
        new Random(1).NextBytes(content);
        var files = new FeedFiles();
        files.Create("asm.zip").Write(content);
        return files;
    }

    private static SftpSettings Settings(OpenSshServer server, string directory) => new()
    {
        Type = "sftp",
        Host = "127.0.0.1",
        Port = server.Port,
        Username = server.Username,
        PrivateKey = new Secret("key", server.PrivateKey),
        HostKeys = [server.HostKeyFingerprint],
        Directory = directory,
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
}
