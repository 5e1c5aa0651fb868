import { Argument, Command } from 'commander';
import { writeOut } from './write-out';

/** Each script asks the program itself what can follow: what it proposes is never older than the program. */
const SCRIPTS = { bash, zsh, fish } as const;

/** bash(1), "Programmable Completion". bash takes `=` for the end of a word: the part before it is cut off again. */
function bash(): string {
  return `# bash completion for balancer
__balancer_complete() {
    local line=\${COMP_LINE:0:COMP_POINT} words current lines value
    read -ra words <<< "$line"
    [[ $line == *[[:space:]] ]] && words+=('')
    current=\${words[-1]}
    mapfile -t lines < <("\${words[0]}" __complete -- "\${words[@]:1}" 2> /dev/null)
    COMPREPLY=()
    for value in "\${lines[@]:0:\${#lines[@]}-1}"; do
        COMPREPLY+=("\${value%%$'\\t'*}")
    done
    if [[ \${lines[-1]:-} == :0 ]]; then
        compopt -o filenames 2> /dev/null
        mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "\${current#--*=}")
    fi
    if [[ $current == --*=* ]]; then
        COMPREPLY=("\${COMPREPLY[@]#--*=}")
    fi
}
complete -F __balancer_complete balancer cdk8s-balancer kubectl-balancer
`;
}

/** zshcompsys(1): `_describe` shows the meanings, `_files` the paths. */
function zsh(): string {
  return `#compdef balancer cdk8s-balancer kubectl-balancer
_balancer() {
    local -a lines values
    local line
    lines=("\${(@f)$("\${words[1]}" __complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
    for line in "\${(@)lines[1,-2]}"; do
        values+=("\${\${line//:/\\\\:}/$'\\t'/:}")
    done
    (( \${#values} )) && _describe -t values balancer values
    [[ \${lines[-1]} == :0 ]] && _files
    return 0
}
if [[ \${funcstack[1]:-} == _balancer ]]; then
    _balancer "$@"
else
    compdef _balancer balancer cdk8s-balancer kubectl-balancer
fi
`;
}

/** fish's complete(1): a value and its meaning on a line, with a tab between. */
function fish(): string {
  return `# fish completion for balancer
function __balancer_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l lines ($words[1] __complete -- $words[2..-1] 2> /dev/null)
    test (count $lines) -gt 0; or return
    test (count $lines) -gt 1; and printf '%s\\n' $lines[1..-2]
    test "$lines[-1]" = ":0"; and __fish_complete_path (commandline -ct)
end
for name in balancer cdk8s-balancer kubectl-balancer
    complete -c $name -f -a '(__balancer_complete)'
end
`;
}

/** The command, for the tree of commands. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('Print a script that completes commands, options, kinds and codes in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SCRIPTS)))
    .action((shell: keyof typeof SCRIPTS) => writeOut(SCRIPTS[shell]()));
}
