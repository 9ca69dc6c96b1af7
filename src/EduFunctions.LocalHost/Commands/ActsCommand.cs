using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>acts</c>: who did what with a tenant, when and why, newest first.</summary>
internal static class ActsCommand
{
    private const int ShownByDefault = 50;

    public static Command Create()
    {
        var tenant = Options.Tenant();
        var last = new Option<int>("--last") { Description = "How many.", DefaultValueFactory = _ => ShownByDefault };
        var questions = new Option<bool>("--questions") { Description = "Also who asked about whom." };
        last.Validators.Add(Options.IsCount);
        var json = Options.Json();
        var storage = Options.Storage();
        var command = new Command("acts", "Who did what with a tenant, when and why, newest first; from the sealed record.") { tenant, last, questions, json, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var acts = await services.Get<ActLog>().ListAsync(parsed.GetValue(tenant)!, parsed.GetValue(questions), parsed.GetValue(last), ct);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(acts, Serialization.Indented));
                return ExitCodes.Good;
            }

            foreach (var act in acts)
            {
                Console.WriteLine(Line(act));
            }

            return ExitCodes.Good;
        }));
        return command;
    }

    /// <summary>In a line: when, who, what, about what, why.</summary>
    public static string Line(Act act)
    {
        string[] words = [act.Who, ConsoleTables.Word(act.Kind), .. new[] { act.Run, act.Feed }.Concat(act.What ?? []).Concat(act.People ?? []).OfType<string>()];
        var why = act.Reason is { } reason ? $": {reason}" : "";
        var refused = act.Refused is { } refusal ? $" (not done: {refusal})" : "";
        return $"{act.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC {string.Join(' ', words)}{why}{refused}";
    }
}
