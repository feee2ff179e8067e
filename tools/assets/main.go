package main

func main() {
	if err := icons("../assets/node_modules/lucide-static/icons", "../kit/ui/icon/icons.txt", "../kit/ui/icon/icons.go"); err != nil {
		panic(err)
	}
}
