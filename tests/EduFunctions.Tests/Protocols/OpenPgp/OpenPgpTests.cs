using System.Security.Cryptography;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.OpenPgp;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Simulators.OpenPgp;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.OpenPgp;

/// <summary>What we sign and encrypt, opened by GnuPG with keys that GnuPG made.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class OpenPgpTests : IAsyncLifetime
{
    private const string Receiver = "receiver@example.org";
    private const string Sender = "sender@example.org";
    private const string Passphrase = "a phrase for the test";

    private GnuPg _receiver = null!;
    private GnuPg _sender = null!;

    public async Task InitializeAsync() => (_receiver, _sender) = (await GnuPg.StartAsync(), await GnuPg.StartAsync());

    public async Task DisposeAsync()
    {
        await _receiver.DisposeAsync();
        await _sender.DisposeAsync();
    }

    [Theory]
    [InlineData("rsa3072", "rsa3072")]
    [InlineData("future-default", "future-default")]
    [InlineData("rsa2048", "nistp256")]
    [InlineData("rsa2048", "nistp384")]
    [InlineData("rsa2048", "nistp521")]
    [InlineData("rsa2048", "brainpoolP384r1")]
    [InlineData("rsa2048", "brainpoolP512r1")]
    public async Task GnuPG_opens_the_message_and_finds_the_signature_good(string receiving, string sending)
    {
        var settings = await KeysAsync(receiving, sending);
        var content = RandomNumberGenerator.GetBytes(200_000);
        using var message = new MemoryStream();

        new OpenPgpMessage(settings).Write("Nordhamn.zip", new MemoryStream(content), message);
        await _receiver.ImportAsync(await _sender.ExportPublicAsync(Sender));
        var (opened, status) = await _receiver.OpenAsync(message.ToArray());

        Assert.Equal(content, opened);
        Assert.Contains("[GNUPG:] GOODSIG", status);
        Assert.Contains("[GNUPG:] GOODMDC", status);
        Assert.Contains(" Nordhamn.zip", status);
        Assert.True(message.ToArray().AsSpan().IndexOf(content.AsSpan(0, 32)) < 0);
    }

    [Fact]
    public async Task Keys_that_are_none_and_a_wrong_passphrase_are_named_without_showing_them()
    {
        var good = await KeysAsync("future-default", "future-default");
        var swapped = good with { ReceiverKey = good.SigningKey, SigningKey = good.ReceiverKey };
        var closed = good with { Passphrase = new Secret("passphrase", "another one") };
        var torn = good with { ReceiverKey = new Secret("receiver", "no key at all") };

        Assert.Empty(Causes(good));
        Assert.Contains(Causes(swapped), error => error.Key == "openPgp.signingKey");
        Assert.Equal("openPgp.signingKey", Assert.Single(Causes(closed)).Key);
        Assert.Equal("openPgp.receiverKey", Assert.Single(Causes(torn)).Key);
        Assert.DoesNotContain("another one", Causes(closed).Single().Cause);
        Assert.DoesNotContain("no key at all", Causes(torn).Single().Cause);
    }

    /// <summary>Whatever a key that was damaged makes the library throw: it is a secret that cannot be used, or still can.</summary>
    [Fact]
    public async Task A_damaged_key_is_told_like_any_other_that_cannot_be_used()
    {
        var (good, random) = (await KeysAsync("rsa2048", "rsa2048"), new Random(1));
        var armored = (Receiver: Packets(good.ReceiverKey), Signer: Packets(good.SigningKey));
        for (var round = 0; round < 100; round++)
        {
            var settings = good with { ReceiverKey = Damaged(armored.Receiver, random), SigningKey = Damaged(armored.Signer, random) };

            Assert.True(Record.Exception(() => Causes(settings)) is null, $"round {round}: {Record.Exception(() => Causes(settings))}");
        }
    }

    private static byte[] Packets(Secret armored)
    {
        using var decoded = Org.BouncyCastle.Bcpg.OpenPgp.PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.UTF8.GetBytes(armored.Reveal())));
        using var packets = new MemoryStream();
        decoded.CopyTo(packets);
        return packets.ToArray();
    }

    /// <summary>One byte is another, or the end is gone; the armor is whole.</summary>
    private static Secret Damaged(byte[] packets, Random random)
    {
        var damaged = random.Next(4) == 0 ? packets[..random.Next(packets.Length)] : packets.ToArray();
        if (damaged.Length > 0)
        {
            damaged[random.Next(Math.Min(damaged.Length, 400))] = (byte)random.Next(256);
        }

        return new Secret("damaged", Convert.ToBase64String(damaged));
    }

    [Fact]
    public async Task A_receivers_key_that_is_revoked_expired_or_weak_is_refused()
    {
        var good = await KeysAsync("rsa2048", "rsa2048");
        await _receiver.MakeKeyAsync("weak@example.org", algorithm: "rsa1024");
        await _receiver.MakeOldKeyAsync("expired@example.org", "20200101T000000", "2020-06-01");
        await _receiver.MakeOldKeyAsync("future@example.org", "20990101T000000", "never");
        await _receiver.MakeKeyAsync("revoked@example.org");
        await _receiver.RevokeAsync("revoked@example.org");

        foreach (var (owner, why) in new[] { ("weak", "of 1024 bits"), ("expired", "which has expired"), ("future", "made on a day to come"), ("revoked", "which is revoked") })
        {
            var settings = good with { ReceiverKey = new Secret("receiver", await _receiver.ExportPublicAsync($"{owner}@example.org")) };

            Assert.Contains(why, Assert.Single(Causes(settings)).Cause);
            Assert.Contains(why, Assert.Throws<DeliveryRefusedException>(() => new OpenPgpMessage(settings).Write("a", Stream.Null, Stream.Null)).Message);
        }
    }

    [Fact]
    public async Task Of_several_subkeys_the_newest_is_taken()
    {
        var settings = await KeysAsync("rsa2048", "rsa2048");
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        await _receiver.AddSubkeyAsync(Receiver, "rsa2048");
        settings = settings with { ReceiverKey = new Secret("receiver", await _receiver.ExportPublicAsync(Receiver)) };
        using var message = new MemoryStream();

        new OpenPgpMessage(settings).Write("a", new MemoryStream([1]), message);
        await _receiver.ImportAsync(await _sender.ExportPublicAsync(Sender));

        Assert.Equal([(await _receiver.SubkeysAsync(Receiver))[^1]], await _receiver.ReceiversAsync(message.ToArray()));
    }

    private static List<(string Key, string Cause)> Causes(OpenPgpSettings settings)
    {
        var sftp = new SftpSettings { Type = "sftp", Host = "", Username = "", Password = new Secret("", ""), HostKeys = ["SHA256:x"], OpenPgp = settings };
        return [.. sftp.UnusableSecrets()];
    }

    private async Task<OpenPgpSettings> KeysAsync(string receiving, string sending)
    {
        await _receiver.MakeKeyAsync(Receiver, algorithm: receiving);
        await _sender.MakeKeyAsync(Sender, Passphrase, sending);
        return new OpenPgpSettings
        {
            ReceiverKey = new Secret("receiver", await _receiver.ExportPublicAsync(Receiver)),
            SigningKey = new Secret("signer", await _sender.ExportPrivateAsync(Sender, Passphrase)),
            Passphrase = new Secret("passphrase", Passphrase),
        };
    }
}
