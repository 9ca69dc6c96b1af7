using EduFunctions.LocalHost.Commands;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>What a terminal would obey is not printed, wherever it came from.</summary>
[Collection(CommandTests.Name)]
public sealed class PlainWriterTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("\u001b]0;title\u0007", "\uFFFD]0;title\uFFFD")]
    [InlineData("a\u009b31mb\u007f", "a\uFFFD31mb\uFFFD")]
    [InlineData("Åmål\tand\r\nmore", "Åmål\tand\r\nmore")]
    public void Commands_become_a_sign_and_text_stays(string text, string plain)
    {
        using var written = new StringWriter();
        using var writer = new PlainWriter(written);

        writer.Write(text);
        writer.Write(text.ToCharArray());
        text.ToList().ForEach(writer.Write);
        writer.Write("{0}", text);

        Assert.Equal(string.Concat(Enumerable.Repeat(plain, 4)), written.ToString());
    }

    /// <summary>A full disk under the log is no reason for a night to fail; what somebody asked for is missed.</summary>
    [Fact]
    public void What_cannot_be_written_is_lost_where_it_is_dispensable_alone()
    {
        using var log = new PlainWriter(new FullDisk(), isDispensable: true);
        using var answer = new PlainWriter(new FullDisk());

        log.WriteLine("a night");
        log.Write("a night");
        log.Flush();

        Assert.Throws<IOException>(() => answer.WriteLine("a night"));
    }

    private sealed class FullDisk : StringWriter
    {
        public override void Write(char value) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");

        public override void Flush() => throw new IOException("No space left on device");
    }

    [Theory]
    [InlineData("explain", "--tenant", "x", "--person", "\u001b[31mred")]
    [InlineData("validate", "\u001b]0;title\u0007.json")]
    [InlineData("runs\u001b[31m")]
    public async Task What_a_caller_gives_comes_back_without_commands(params string[] arguments)
    {
        await using var town = await Town.StartAsync(azurite);

        var ended = await LocalHostProcess.RunAsync(town.Environment, town.Folder, arguments.Length > 2 ? [.. arguments, "--storage", town.Storage] : arguments);

        Assert.NotEqual(0, ended.ExitCode);
        Assert.DoesNotContain(ended.Output + ended.Errors, c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
    }

    [Fact]
    public async Task A_tenants_name_in_its_file_commands_nothing()
    {
        await using var town = await Town.StartAsync(azurite);
        town.File["feeds"]![0]!["delivery"]!["username"] = "\u001b[2Jgone";

        var ended = await town.SyncAsync();

        Assert.Equal(1, ended.ExitCode);
        Assert.Contains("\uFFFD[2Jgone", ended.Output);
        Assert.DoesNotContain('\u001b', ended.Output + ended.Errors);
    }
}
