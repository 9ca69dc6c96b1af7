using System.Text;
using System.Text.RegularExpressions;

namespace EduFunctions.Tests.Documents;

/// <summary>
/// A document's blocks as one script that ends with the first command that fails. Changed is what a reader would do: what stays up gets a terminal of its own,
/// what is to be filled in is filled in, and a port that is taken becomes another.
/// </summary>
internal static partial class PastedScript
{

    private const string Head = """
        set -eu -o pipefail
        . "$TOWN/secrets.sh"
        trap 'kill $(jobs -p) 2>/dev/null || true; gpgconf --kill all 2>/dev/null || true' EXIT
        trap 'echo "does not run: $BASH_COMMAND" >&2' ERR
        up() { for ((i = 0; i < 600; i++)); do (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return; sleep 0.2; done; return 1; }

        """;

    /// <param name="port">In the place of 7071, where hosts listen.</param>
    /// <param name="second">In the place of 7072, for a second one.</param>
    public static string Of(IEnumerable<PastedBlock> blocks, string port, string second)
    {
        var script = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var block in blocks.Where(block => block.IsRun))
        {
            script.Append($": {block.Document}:{block.Line}\n");
            block.Commands.ToList().ForEach(line => script.Append(Line(line)).Append('\n'));
        }

        return script.Replace("7071", port).Replace("7072", second).ToString();
    }

    private static string Line(string line)
    {
        if (FillIn().Match(line) is { Success: true } fillIn)
        {
            return $"node \"$SHIMS/fill-in.mjs\" {fillIn.Groups[1].Value} \"$TOWN/nordhamn.json\"";
        }

        var given = Secret().Replace(line, "$1_$2=\"$$Secrets__demo_$2\"");
        return StaysUp().Match(given) is { Success: true } command ? $"{command.Groups[1].Value} & up {Port(given)}" : given;
    }

    private static string Port(string line) =>
        line.StartsWith("npx", StringComparison.Ordinal) ? "$BLOB_PORT" : line.Contains("7072", StringComparison.Ordinal) ? "7072" : "7071";

    [GeneratedRegex("^# now fill in ([^ :,]+)")]
    private static partial Regex FillIn();

    [GeneratedRegex("(Secrets__[a-z_]+)_([a-z]+)=…")]
    private static partial Regex Secret();

    [GeneratedRegex("^([^#]+?) +# stays up")]
    private static partial Regex StaysUp();
}
