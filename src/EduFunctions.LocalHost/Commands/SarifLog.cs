using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.LocalHost.Commands;

/// <summary>What a check has found as a log of SARIF 2.1.0 (OASIS), which editors and code scanning show at the line.</summary>
internal static class SarifLog
{
    private const string Version = "2.1.0";
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static void Write(CheckOutcome outcome) => Console.WriteLine(Of(outcome).ToJsonString(Serialization.Indented));

    public static JsonObject Of(CheckOutcome outcome)
    {
        var rules = outcome.Check.Rules.Where(rule => rule.Certainty != Certainty.Ours).ToList();
        return new JsonObject
        {
            ["$schema"] = Schema,
            ["version"] = Version,
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = $"EduFunctions check {outcome.Check.Type}",
                        ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. outcome.Report.Breaches.Select(breach => Result(breach, rules.IndexOf(breach.Rule)))]),
            }),
        };
    }

    private static JsonObject Rule(TargetRule rule) => new()
    {
        ["id"] = rule.Code,
        ["shortDescription"] = new JsonObject { ["text"] = rule.Sentence },
        ["help"] = new JsonObject { ["text"] = $"{CheckOutput.Word(rule.Certainty)}: {rule.Source}" },
        ["defaultConfiguration"] = new JsonObject { ["level"] = CheckOutput.Grade(rule) },
        ["properties"] = new JsonObject { ["certainty"] = CheckOutput.Word(rule.Certainty), ["source"] = rule.Source },
    };

    private static JsonObject Result(RuleBreach breach, int index)
    {
        var place = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = Uri.EscapeDataString(breach.File).Replace("%2F", "/", StringComparison.Ordinal) } };
        if (breach.Line > 0)
        {
            place["region"] = breach.Position > 0
                ? new JsonObject { ["startLine"] = breach.Line, ["startColumn"] = breach.Position }
                : new JsonObject { ["startLine"] = breach.Line };
        }

        return new JsonObject
        {
            ["ruleId"] = breach.Rule.Code,
            ["ruleIndex"] = index,
            ["level"] = CheckOutput.Grade(breach.Rule),
            ["message"] = new JsonObject { ["text"] = $"{breach.Column}: {CheckReport.Text(breach)}" },
            ["locations"] = new JsonArray(new JsonObject { ["physicalLocation"] = place }),
        };
    }
}
