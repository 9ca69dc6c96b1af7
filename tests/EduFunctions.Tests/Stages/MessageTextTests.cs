using System.Text;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

[Trait(Level.Name, Level.Fast)]
public sealed class MessageTextTests
{
    private const string Json = """{"tenant":"nordhamn","run":"20260901T193000Z-0a1b","feed":"apple"}""";

    private static readonly ExportMessage Message = new("nordhamn", "20260901T193000Z-0a1b", "apple");

    [Fact]
    public void It_lies_on_the_queue_as_JSON_in_base64() => Assert.Equal(Encoded(Json), MessageText.Of(Message));

    /// <summary>By hand, by a tool that encodes by itself, by a host that encodes what is encoded.</summary>
    [Fact]
    public void It_is_read_plain_or_encoded_or_encoded_once_more()
    {
        Assert.Equal(Message, MessageText.Read<ExportMessage>(Json));
        Assert.Equal(Message, MessageText.Read<ExportMessage>(Encoded(Json)));
        Assert.Equal(Message, MessageText.Read<ExportMessage>(Encoded(Encoded(Json))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("%%% not base64 %%%")]
    [InlineData("AP/+AQ==")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"tenant\":\"nordhamn\"}")]
    [InlineData("{\"tenant\":\"nordhamn\",\"run\":\"20260901T193000Z-0a1b\"}")]
    [InlineData("{\"tenant\":\"nordhamn\",\"run\":\"20260901T193000Z-0a1b\",\"feed\":\"../x\"}")]
    [InlineData("{\"tenant\":\"q/../../runs/esc\",\"run\":\"20260901T193000Z-0a1b\",\"feed\":\"apple\"}")]
    [InlineData("{\"tenant\":\"nordhamn/poison\",\"run\":\"20260901T193000Z-0a1b\",\"feed\":\"apple\"}")]
    public void What_names_no_run_is_no_message_and_stays_as_it_is(string text)
    {
        Assert.Null(MessageText.Read<ExportMessage>(text));
        Assert.Equal(text, MessageText.Plain(Encoded(text)));
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
