using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.OpenPgp;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.Deliveries;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Unikum;
using Xunit;

namespace EduFunctions.Tests.Protocols.OpenPgp;

/// <summary>Nights whose files are encrypted on the way: what is stored is what was sent, and what counts is what is in it.</summary>
[Collection(TargetTests.Name)]
public sealed class EncryptedNightTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Receiver = "receiver@example.org";
    private const string Sender = "sender@example.org";

    private GnuPg _receiver = null!;
    private string _receiverKey = "";
    private string _signingKey = "";

    public async Task InitializeAsync()
    {
        _receiver = await GnuPg.StartAsync();
        await _receiver.MakeKeyAsync(Receiver, algorithm: "future-default");
        _receiverKey = await _receiver.ExportPublicAsync(Receiver);
        await using var sender = await GnuPg.StartAsync();
        await sender.MakeKeyAsync(Sender, algorithm: "future-default");
        _signingKey = await sender.ExportPrivateAsync(Sender);
        await _receiver.ImportAsync(await sender.ExportPublicAsync(Sender));
    }

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task The_receiver_opens_the_zip_and_imports_it()
    {
        var nights = new UnikumNights(azurite);

        var night = await Encrypted(nights.Next(UnikumTown.Make().WithClasses())).RunAsync();

        var receipt = await night.ReceiptAsync();
        var (zip, status) = await OpenAsync(night.Received.Single());
        Assert.Contains("[GNUPG:] GOODSIG", status);
        Assert.EndsWith(".zip.pgp", night.Received.Single().Path, StringComparison.Ordinal);
        Assert.Equal(night.Received.Single().Sha256, Sha256(await night.SentAsync(receipt.Files.Single().Name)));
        Assert.Equal(receipt.Contents!.Single().Sha256, Sha256(zip));
        Assert.Empty(nights.Receiver.Import(receipt.Contents!.Single().Name, new MemoryStream(zip)).Errors);
        nights.AssertRelated("student_in_class", "alva 6a", "bo 6a", "cleo 3b", "dag 3b");
    }

    [Fact]
    public async Task A_feed_that_is_the_same_inside_is_not_sent_again()
    {
        var first = await Encrypted(azurite.Night(UnikumTown.Make().WithClasses())).RunAsync();

        var second = await Encrypted(azurite.Night(UnikumTown.Make().WithClasses()).As(first.Run.Tenant)).RunAsync();

        Assert.Equal(ReceiptState.Sent, (await first.ReceiptAsync()).State);
        Assert.Equal(ReceiptState.SkippedUnchanged, (await second.ReceiptAsync()).State);
        Assert.NotEqual((await first.ReceiptAsync()).Files.Single().Sha256, (await second.ReceiptAsync()).Files.Single().Sha256);
    }

    [Fact]
    public async Task A_put_whose_answer_was_lost_is_repeated_with_the_same_bytes()
    {
        var nights = new UnikumNights(azurite);

        var night = await Encrypted(nights.Next(UnikumTown.Make().WithClasses())).Registering(services => LosesAnswers.Register(services, answers: 1)).RunAsync();

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal(2, night.Received.Count);
        Assert.Single(night.Received.Select(file => (file.Path, file.Sha256)).Distinct());
    }

    /// <summary>What is stored of the night before nobody can open here; and a roster that is made anew of its pull knows by now who is protected.</summary>
    [Theory]
    [InlineData("appleSchoolManager", "students.csv", "person_id", false)]
    [InlineData("oneRosterCsv", "users.csv", "sourcedId", false)]
    [InlineData("schoolDataSync", "users.csv", "sourcedId", false)]
    [InlineData("appleSchoolManager", "students.csv", "person_id", true)]
    [InlineData("oneRosterCsv", "users.csv", "sourcedId", true)]
    [InlineData("schoolDataSync", "users.csv", "sourcedId", true)]
    public async Task Who_becomes_protected_leaves_a_target_that_rests(string type, string file, string column, bool isRosterLost)
    {
        var first = await Encrypted(azurite.Night(UnikumTown.Make().WithClasses()).WithFeed("type", type).WithFeed("settings", new JsonObject())).RunAsync();
        Assert.Equal(RunState.Delivered, first.Run.State);
        await foreach (var blob in azurite.Blobs.ListAsync(Containers.Rosters, isRosterLost ? $"{first.Run.Tenant}/{first.Run.Run}/" : "none/", CancellationToken.None))
        {
            await azurite.Blobs.DeleteAsync(Containers.Rosters, blob.Name, CancellationToken.None);
        }

        var town = UnikumTown.Make().WithClasses();
        town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("alva"))["securityMarking"] = "Sekretessmarkering";

        var resting = await Encrypted(azurite.Night(town).As(first.Run.Tenant).On(Night.Today.AddDays(1)).WithFeed("type", type).WithFeed("settings", new JsonObject()))
            .WithFeed("freeze", new JsonObject { ["until"] = "2026-12-30", ["what"] = "all" }).RunAsync();

        var (zip, _) = await OpenAsync(Assert.Single(resting.Received));
        var people = new AppleZip(zip).Column(file, column);
        Assert.DoesNotContain(Ids.Of("alva"), people);
        Assert.Subset(people.ToHashSet(), new[] { "bo", "cleo", "dag" }.Select(Ids.Of).ToHashSet());
    }

    /// <summary>What is stored of the night before lies there under the name that the feed had.</summary>
    [Theory]
    [InlineData("appleSchoolManager", "students.csv", "person_id")]
    [InlineData("oneRosterCsv", "users.csv", "sourcedId")]
    public async Task Who_becomes_protected_leaves_a_target_that_rests_and_whose_feed_is_called_otherwise(string type, string file, string column)
    {
        var first = await Encrypted(azurite.Night(UnikumTown.Make().WithClasses()).WithFeed("type", type).WithFeed("settings", new JsonObject())).RunAsync();
        var town = UnikumTown.Make().WithClasses();
        town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("alva"))["securityMarking"] = "Sekretessmarkering";

        var resting = await Encrypted(azurite.Night(town).As(first.Run.Tenant).On(Night.Today.AddDays(1)).WithFeed("type", type).WithFeed("settings", new JsonObject()))
            .WithFeed("name", "renamed").WithFeed("freeze", new JsonObject { ["until"] = "2026-12-30", ["what"] = "all" }).RunAsync();

        var (zip, _) = await OpenAsync(Assert.Single(resting.Received));
        Assert.DoesNotContain(Ids.Of("alva"), new AppleZip(zip).Column(file, column));
    }

    [Fact]
    public async Task What_is_protected_is_looked_for_before_anything_is_encrypted()
    {
        var marked = new Protection.MarkedSchool();
        var night = await Encrypted(azurite.Night(marked.School)
            .Behaving(habits => habits.Unlisted = marked.Unlisted)
            .With(new Protection.TestFeed("a.txt", Ids.Of("hidden")))).RunAsync();

        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Empty(night.Received);
    }

    private Night Encrypted(Night night) => night
        .WithDelivery("openPgp", new JsonObject
        {
            ["receiverKey"] = new JsonObject { ["secret"] = "test-receiver" },
            ["signingKey"] = new JsonObject { ["secret"] = "test-signer" },
        })
        .Setting("Secrets:test-receiver", _receiverKey)
        .Setting("Secrets:test-signer", _signingKey);

    private async Task<(byte[] Zip, string Status)> OpenAsync(ReceivedFile file) =>
        await _receiver.OpenAsync(await File.ReadAllBytesAsync(file.LocalFile));

    private static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
