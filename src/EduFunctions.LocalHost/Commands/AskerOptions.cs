using System.CommandLine;
using EduFunctions.Pipeline.Acts;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>--as</c> and <c>--reason</c>: who does it and why, for the record of what was done.</summary>
internal sealed class AskerOptions
{
    private readonly Option<string?> _name = new("--as") { Description = "Who does it, for the record; default whoever is logged in on this machine." };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, for the record; no names of people." };

    private AskerOptions()
    {
    }

    /// <summary>Makes a command take them.</summary>
    public static AskerOptions AddTo(Command command)
    {
        var options = new AskerOptions();
        command.Options.Add(options._name);
        command.Options.Add(options._reason);
        return options;
    }

    public Asker Of(ParseResult parsed) => Asker.Of(parsed.GetValue(_name) ?? Environment.UserName, parsed.GetValue(_reason));

    /// <summary>The same of what lets through, takes back or deletes: whoever sits at a terminal is asked why, scripts are not.</summary>
    public Asker Ask(ParseResult parsed)
    {
        var asker = Of(parsed);
        if (asker.Reason is not null || Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return asker;
        }

        Console.Error.Write("Why? It goes on record with your name (Enter for none): ");
        return Asker.Of(asker.Name, Console.ReadLine());
    }
}
