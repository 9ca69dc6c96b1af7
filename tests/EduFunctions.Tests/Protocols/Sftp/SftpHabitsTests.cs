using System.Reflection;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.Sftp;

/// <summary>Servers that ask for a new password, end after a file, or have no room, no SFTP or much to say: each is told in a sentence, with what helps.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class SftpHabitsTests : IDisposable
{
    private static readonly SftpDelivery Sftp = WithLimit(30);

    private readonly FeedFiles _files = new();
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(100_000);

    public SftpHabitsTests() => _files.Create("asm.zip").Write(_content);

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("Your password has expired. Current password: ", "New password: ")]
    [InlineData("Nytt lösenord: ")]
    [InlineData("Gentag ny adgangskode: ")]
    public async Task A_new_password_is_never_given_and_the_old_one_once(params string[] then)
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Dialog = ["Password: "], DialogThen = then });

        Assert.Contains("the password has expired, and a new one is asked for", (await RefusedAsync(dropBox)).Message);
        Assert.DoesNotContain(dropBox.Events, happened => happened.Event == "renewed");
        Assert.Empty(dropBox.Received);
    }

    [Fact]
    public async Task A_password_that_is_asked_for_twice_is_given_once()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Dialog = ["Password: "], DialogThen = ["And once more: "] });

        Assert.Contains("it refused the password, or asks for more", (await RefusedAsync(dropBox)).Message);
        Assert.DoesNotContain(dropBox.Events, happened => happened.Event == "renewed");
    }

    [Theory]
    [InlineData("One-time code: ")]
    [InlineData("One-time password (OATH): ")]
    [InlineData("Verification code: ")]
    [InlineData("Engångslösenord: ")]
    [InlineData("Favourite colour: ")]
    public async Task A_question_that_does_not_ask_for_the_password_does_not_get_it(string question)
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Dialog = [question] });

        Assert.Contains("it asks for more than a password, such as a code", (await RefusedAsync(dropBox)).Message);
        Assert.DoesNotContain(dropBox.Events, happened => happened.Event == "answered");
    }

    [Theory]
    [InlineData("Username: ", "Password: ")]
    [InlineData("Användarnamn: ", "Lösenord: ")]
    [InlineData("(u@sftp.example) Password: ")]
    public async Task A_dialog_for_name_and_password_gets_each_where_it_belongs(params string[] questions)
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Dialog = questions });

        Assert.Equal(ReceiptState.Sent, (await SendAsync(dropBox)).State);
        Assert.Single(dropBox.Received);
    }

    [Fact]
    public async Task A_question_for_the_name_alone_gets_the_name()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { Dialog = ["login as: "] });

        await RefusedAsync(dropBox);

        Assert.Contains(dropBox.Events, happened => happened.Event == "answered");
        Assert.DoesNotContain(dropBox.Events, happened => happened is { Event: "login", Accepted: true });
    }

    [Fact]
    public async Task A_refusal_in_the_middle_of_a_file_is_told_as_one()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { WriteStatus = "PERMISSION_DENIED" });

        var refusal = await RefusedAsync(dropBox);

        Assert.Contains("only in part and then denied it", refusal.Message);
        Assert.DoesNotContain("nobody knows", refusal.Message);
    }

    [Theory]
    [InlineData("FAILURE")]
    [InlineData("PERMISSION_DENIED")]
    [InlineData("EOF")]
    [InlineData("CONNECTION_LOST")]
    public async Task A_file_that_lies_there_whole_is_delivered_whatever_its_end_was_answered(string status)
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { CloseStatus = status, Vanish = false });

        var result = await SendAsync(dropBox);

        Assert.Equal(ReceiptState.Sent, result.State);
        Assert.Contains("lies there whole", result.Reason);
        Assert.Single(dropBox.Received);
    }

    [Fact]
    public async Task A_file_whose_end_was_refused_and_that_nobody_sees_is_told_and_not_put_again()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { CloseStatus = "FAILURE" });
        var progress = new DeliveryProgress([], _ => Task.CompletedTask);

        var refusal = await RefusedAsync(dropBox, progress);

        Assert.Contains("nobody knows whether the receiver has it", refusal.Message);
        Assert.NotNull(progress.Find("asm.zip"));
    }

    [Fact]
    public async Task A_server_that_ends_after_every_file_gets_every_file_once()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { HangUpAfterFile = true });
        _files.Create("second.csv").Write(_content);
        _files.Create("third.csv").Write(_content);

        var result = await SendAsync(dropBox);

        Assert.Equal(ReceiptState.Sent, result.State);
        Assert.Equal(["asm.zip", "second.csv", "third.csv"], dropBox.Received.Select(file => Path.GetFileName(file.Path)));
        Assert.All(dropBox.Received, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_content)), file.Sha256));
    }

    /// <summary>The box has taken the file at once, so that nothing can be looked up: it is told, and put again only by the next attempt, not in the same breath.</summary>
    [Theory]
    [InlineData("asm.zip")]
    [InlineData("second.csv")]
    public async Task A_file_whose_end_was_never_answered_and_that_was_taken_at_once_is_told_and_comes_once_more_at_most(string lost)
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions { LosesEndOf = lost });
        _files.Create("second.csv").Write(_content);
        List<FileProgress> kept = [];

        var broken = await Assert.ThrowsAsync<IOException>(() => SendAsync(dropBox, new DeliveryProgress([], Keep)));

        Assert.Contains("nobody knows whether the receiver has it", broken.Message, StringComparison.Ordinal);
        Assert.Single(dropBox.Received, file => file.Path.EndsWith(lost, StringComparison.Ordinal));
        Assert.Equal(ReceiptState.Sent, kept[^1].State);

        Assert.Equal(ReceiptState.Sent, (await SendAsync(dropBox, new DeliveryProgress(kept, Keep))).State);
        string[] names = [.. dropBox.Received.Select(file => Path.GetFileName(file.Path)).Order(StringComparer.Ordinal)];
        Assert.Equal([.. new[] { "asm.zip", "second.csv", lost }.Order(StringComparer.Ordinal)], names);
        Assert.All(dropBox.Received, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(_content)), file.Sha256));

        Task Keep(IReadOnlyList<FileProgress> made)
        {
            kept = [.. made];
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_was_put_before_a_delivery_broke_off_is_not_put_again()
    {
        await using var dropBox = await DropBox.StartAsync();
        _files.Create("second.csv").Write(_content);
        List<FileProgress> kept = [];
        await Assert.ThrowsAsync<IOException>(() => new DeliveryProgress([], made => Keep(made, stopsAt: "second.csv")).PutAllAsync(_files, TimeProvider.System, (_, _) => Task.CompletedTask));

        await SendAsync(dropBox, new DeliveryProgress(kept, made => Keep(made)));

        Assert.Equal(["second.csv"], dropBox.Received.Select(file => Path.GetFileName(file.Path)));

        Task Keep(IReadOnlyList<FileProgress> made, string? stopsAt = null)
        {
            kept = [.. made];
            return made.Any(file => file.Name == stopsAt) ? throw new IOException("The host dies.") : Task.CompletedTask;
        }
    }

    /// <summary>A server that has a lot to do refuses what it grants a moment later: that is tried again, as a connection is. The library itself asks ten times for a session.</summary>
    [Fact]
    public async Task A_session_or_SFTP_that_is_refused_is_told_as_what_it_is_and_may_be_tried_again()
    {
        await using var busy = await DropBox.StartAsync(new DropBoxOptions { RefusedSessions = 10 });
        await using var slow = await DropBox.StartAsync(new DropBoxOptions { RefusedSubsystems = 1 });

        Assert.Contains($"127.0.0.1:{busy.Port} let user", (await Assert.ThrowsAsync<IOException>(() => SendAsync(busy))).Message);
        var session = await SendAsync(busy);
        var refused = await Assert.ThrowsAsync<IOException>(() => SendAsync(slow));
        var sftp = await SendAsync(slow);

        Assert.Contains("but refused SFTP in the session", refused.Message);
        Assert.Equal([ReceiptState.Sent, ReceiptState.Sent], [session.State, sftp.State]);
    }

    [Fact]
    public async Task No_room_no_SFTP_and_a_shell_that_speaks_are_told_with_their_remedy()
    {
        await using var full = await DropBox.StartAsync(new DropBoxOptions { WriteStatus = "FAILURE" });
        await using var shell = await DropBox.StartAsync(new DropBoxOptions { HasSftp = false });
        await using var speaking = await DropBox.StartAsync(new DropBoxOptions { Greeting = "This account is not available.\n" });

        Assert.Contains("whether there is room left", (await RefusedAsync(full)).Message);
        var text = (await Assert.ThrowsAsync<TimeoutException>(() => SendAsync(speaking, by: WithLimit(5)))).Message;
        Assert.Contains($"127.0.0.1:{speaking.Port} let user", text);
        Assert.Contains("with no text or shell before it", text);
        Assert.Contains("Ask the receiver to allow this user SFTP", (await Assert.ThrowsAsync<IOException>(() => SendAsync(shell))).Message);
    }

    /// <summary>The library lets go of the event when it is disposed of, and sets it on a thread of its own all the same: nobody could catch that.</summary>
    [Fact]
    public async Task What_is_asked_after_the_login_was_given_up_finds_the_event_that_it_sets()
    {
        await using var dropBox = await DropBox.StartAsync(new DropBoxOptions());
        var login = new SftpLogin(Settings(dropBox));

        login.Dispose();

        Assert.All(login.Methods, method => Assert.NotNull(
            method.GetType().GetField("_authenticationCompleted", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(method)));
    }

    private static SftpDelivery WithLimit(int seconds) => new(new CallLimits { Connect = TimeSpan.FromSeconds(seconds) }, TimeProvider.System);

    private Task<DeliveryResult> SendAsync(DropBox dropBox, DeliveryProgress? progress = null, SftpDelivery? by = null) => (by ?? Sftp).SendAsync(
        _files, new FeedSetup { Name = "apple", Type = "appleSchoolManager", Delivery = Settings(dropBox) }, progress ?? new DeliveryProgress([], _ => Task.CompletedTask),
        CancellationToken.None);

    private Task<DeliveryRefusedException> RefusedAsync(DropBox dropBox, DeliveryProgress? progress = null) =>
        Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(dropBox, progress));

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
